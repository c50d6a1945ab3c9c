"""Rolling origins, published benchmarks, and the append-only log of forecasts made."""
