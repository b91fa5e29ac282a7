"""Where an item that no imported report lists was said: in which document, when, where in it and by whom."""
