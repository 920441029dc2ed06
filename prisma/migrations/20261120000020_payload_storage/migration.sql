-- Raw payloads are written once and read seldom. Postgres' own pglz takes most of a load's time
-- (9 MB/s on two cores, against over 60 without it); lz4 costs next to nothing, but a server may have been
-- built without it: there payloads stay uncompressed, and disk is the cheaper price.
DO $$
BEGIN
  ALTER TABLE staging_ingest.shopify_orders_raw ALTER COLUMN payload SET COMPRESSION lz4;
EXCEPTION WHEN feature_not_supported THEN
  ALTER TABLE staging_ingest.shopify_orders_raw ALTER COLUMN payload SET STORAGE EXTERNAL;
END
$$;

-- Lines of a bulk result live for minutes.
ALTER TABLE bulk_load.lines ALTER COLUMN body SET STORAGE EXTERNAL;
