-- How a shop's data of each platform stands: what pages and the API show. One row per visible shop
-- and platform, also for one that was never synced. Every part is one entry of an index of sync_jobs
-- (shop_id, platform, finished_at; one in flight), so that a long job history costs nothing; always
-- ask for ONE shop. A check against Shopify's report brings no new data: it makes nothing fresh.
DROP VIEW reporting.sync_status;

CREATE VIEW reporting.sync_status WITH (security_invoker = true) AS
SELECT
  shop.shop_id,
  platform.name AS platform,
  -- Shopify: the app is installed. Meta: a login is stored and an ad account is chosen.
  shop.installed_at IS NOT NULL AND shop.uninstalled_at IS NULL
    AND (platform.name <> 'META' OR (
      EXISTS (
        SELECT FROM app_dashboard.shop_credentials credential
        WHERE credential.shop_id = shop.shop_id AND credential.kind = 'META_USER'
      ) AND EXISTS (
        SELECT FROM app_dashboard.ad_accounts account
        WHERE account.shop_id = shop.shop_id AND account.platform = 'META' AND account.selected
      ))) AS connected,
  pause.paused_at,
  success.finished_at AS last_success_at,
  streams.data_fresh_to,
  running.id AS running_job_id,
  running.job_type AS running_job_type,
  running.status AS running_status,
  running.phase,
  running.done,
  running.total,
  running.rate,
  running.records_synced,
  running.started_at,
  running.first_light_at,
  running.run_after,
  -- Why it waits, between two tries; none while it waits for its turn or for the API.
  CASE WHEN running.status = 'QUEUED' AND running.attempts > 0 THEN running.error END
    AS waiting_error,
  ended.finished_at AS last_ended_at,
  CASE WHEN ended.status = 'FAILED' THEN ended.error END AS last_error,
  CASE WHEN ended.status = 'FAILED' THEN ended.error_kind END AS error_kind
FROM app_dashboard.shops shop
CROSS JOIN (VALUES ('SHOPIFY'), ('META')) AS platform (name)
LEFT JOIN app_dashboard.sync_pauses pause
  ON pause.shop_id = shop.shop_id AND pause.platform = platform.name
LEFT JOIN LATERAL (
  -- What is surely there: the least watermark. An ad account that is no longer read does not count.
  SELECT min(cursor.watermark) AS data_fresh_to
  FROM app_dashboard.sync_cursors cursor
  WHERE cursor.shop_id = shop.shop_id AND cursor.platform = platform.name
    AND (platform.name <> 'META' OR EXISTS (
      SELECT FROM app_dashboard.ad_accounts account
      WHERE account.shop_id = cursor.shop_id AND account.selected
        AND cursor.stream = 'insights:' || account.ad_account_id
    ))
) streams ON true
LEFT JOIN LATERAL (
  SELECT job.finished_at FROM app_dashboard.sync_jobs job
  WHERE job.shop_id = shop.shop_id AND job.platform = platform.name
    AND job.finished_at IS NOT NULL AND job.status = 'SUCCEEDED' AND job.job_type <> 'RECONCILE'
  ORDER BY job.finished_at DESC LIMIT 1
) success ON true
LEFT JOIN LATERAL (
  SELECT job.finished_at, job.status, job.error, job.error_kind
  FROM app_dashboard.sync_jobs job
  WHERE job.shop_id = shop.shop_id AND job.platform = platform.name
    AND job.finished_at IS NOT NULL AND job.status IN ('SUCCEEDED', 'FAILED')
    AND job.job_type <> 'RECONCILE'
  ORDER BY job.finished_at DESC LIMIT 1
) ended ON true
LEFT JOIN LATERAL (
  SELECT job.* FROM app_dashboard.sync_jobs job
  WHERE job.shop_id = shop.shop_id AND job.platform = platform.name
    AND job.status IN ('QUEUED', 'IN_PROGRESS')
) running ON true;

GRANT SELECT ON reporting.sync_status TO merit_web, merit_worker;
