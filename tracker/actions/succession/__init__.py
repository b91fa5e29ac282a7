"""Items that give way: merged into another, split into several, superseded. What is owed moves with its history."""
