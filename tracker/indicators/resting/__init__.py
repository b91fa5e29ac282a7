"""What rests on a measure: items, actions, themes and statements; and what it shows since an action was done."""
