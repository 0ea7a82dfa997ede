"""The window: the only room that knows Qt. Pages get plain values and emit intentions; the desk alone connects them."""
