"""The app's own components. The kit is installed as ``mingshi``, so the two never meet."""
