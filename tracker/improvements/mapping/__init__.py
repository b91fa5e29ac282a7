"""What an item speaks of: areas, themes, paragraphs, the national framework, earlier items that say the same.

Suggested from the text with a reason in words; nothing counts until a person has confirmed it.
"""
