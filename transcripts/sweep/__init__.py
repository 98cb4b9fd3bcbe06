"""Many debates: side by side in one process, in shares on several machines, or over a Dask cluster."""
