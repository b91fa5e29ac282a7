"""An authority's own words: how statements are shown, never how they are kept."""
