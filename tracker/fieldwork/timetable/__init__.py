"""Who meets whom, when and where: meetings made from what usually happens, and those that the week brings."""
