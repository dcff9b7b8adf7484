-- Which state of the warehouse a Parquet file shows.
SELECT decode(value) AS state
FROM parquet_kv_metadata($path)
WHERE decode(key) = 'publication';
