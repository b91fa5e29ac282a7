"""The corpus: what inspectors wrote in every published report that an authority holds, to be searched by words."""
