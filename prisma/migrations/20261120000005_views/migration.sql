-- Views run with the rights and policies of whoever asks.

CREATE VIEW reporting.daily_revenue WITH (security_invoker = true) AS
SELECT shop_id, day, currency, net_sales AS revenue, gross_sales, discounts, returns, total_sales,
  orders, units, updated_at
FROM reporting.daily_shopify_metrics;

-- One row per shop and platform. data_fresh_to is the least watermark: what is surely there.
-- last_error is that of the newest ended job, null when it succeeded.
CREATE VIEW reporting.sync_status WITH (security_invoker = true) AS
WITH streams AS (
  SELECT shop_id, platform, min(watermark) AS data_fresh_to
  FROM app_dashboard.sync_cursors
  GROUP BY shop_id, platform
), successes AS (
  SELECT shop_id, platform, max(finished_at) AS last_success_at
  FROM app_dashboard.sync_jobs
  WHERE status = 'SUCCEEDED'
  GROUP BY shop_id, platform
), ended AS (
  SELECT DISTINCT ON (shop_id, platform) shop_id, platform, status, error
  FROM app_dashboard.sync_jobs
  WHERE status IN ('SUCCEEDED', 'FAILED')
  ORDER BY shop_id, platform, finished_at DESC NULLS LAST
), known AS (
  SELECT shop_id, platform FROM app_dashboard.sync_jobs
  UNION
  SELECT shop_id, platform FROM app_dashboard.sync_cursors
)
SELECT
  known.shop_id,
  known.platform,
  successes.last_success_at,
  streams.data_fresh_to,
  running.id AS running_job_id,
  running.job_type AS running_job_type,
  running.status AS running_status,
  running.phase,
  running.done,
  running.total,
  running.rate,
  running.started_at,
  running.first_light_at,
  CASE WHEN ended.status = 'FAILED' THEN ended.error END AS last_error
FROM known
LEFT JOIN streams USING (shop_id, platform)
LEFT JOIN successes USING (shop_id, platform)
LEFT JOIN ended USING (shop_id, platform)
LEFT JOIN app_dashboard.sync_jobs running
  ON running.shop_id = known.shop_id AND running.platform = known.platform
  AND running.status IN ('QUEUED', 'IN_PROGRESS');

GRANT SELECT ON reporting.daily_revenue, reporting.sync_status TO merit_web, merit_worker;
