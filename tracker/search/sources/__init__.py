"""What is searched of each room: how its rows become entries, and which rows an entry is made of."""
