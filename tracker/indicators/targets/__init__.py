"""What a measure aims at over time: targets and stretch, each with its day, who set it and why."""
