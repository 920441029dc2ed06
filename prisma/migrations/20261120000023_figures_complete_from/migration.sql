-- From when on the figures of a shop are complete while its history is not: the first light's instant
-- during a backfill, 60 days back where the API hides older orders. Null beside a complete history: ever.
ALTER TABLE app_dashboard.shops ADD COLUMN figures_complete_from timestamptz(6);
