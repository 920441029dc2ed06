-- What sees across tenants for Meta, and the views over its rollup.

CREATE POLICY dispatcher ON app_dashboard.oauth_states TO merit_dispatcher USING (true);
CREATE POLICY dispatcher ON app_dashboard.ad_accounts FOR SELECT TO merit_dispatcher USING (true);
GRANT SELECT, UPDATE ON app_dashboard.oauth_states TO merit_dispatcher;
GRANT SELECT (shop_id, ad_account_id, platform, selected) ON app_dashboard.ad_accounts
  TO merit_dispatcher;

-- The callback of a sign-in knows nothing but its state: whose it is, exactly once. No row when it
-- is unknown, used or expired.
CREATE FUNCTION app_dashboard.use_oauth_state(hash bytea)
RETURNS TABLE (shop_id text, user_id uuid)
LANGUAGE sql VOLATILE SECURITY DEFINER
SET search_path = ''
AS $$
  UPDATE app_dashboard.oauth_states state SET used_at = now()
  WHERE state.state_hash = hash AND state.used_at IS NULL AND state.expires_at > now()
  RETURNING state.shop_id, state.user_id
$$;

-- Installed shops that read an ad account and whose newest ended job of Meta is older than max_age
-- (or that never had one), with none in flight; the longest waiting first. After an error that only
-- a person can mend, nothing is due until that person acted.
CREATE FUNCTION app_dashboard.meta_shops_due(max_age interval, max_shops integer)
RETURNS TABLE (shop_id text)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = ''
AS $$
  SELECT shop.shop_id
  FROM app_dashboard.shops shop
  LEFT JOIN LATERAL (
    SELECT job.finished_at, job.status, job.error ->> 'code' AS code
    FROM app_dashboard.sync_jobs job
    WHERE job.shop_id = shop.shop_id AND job.platform = 'META' AND job.finished_at IS NOT NULL
    ORDER BY job.finished_at DESC LIMIT 1
  ) ended ON true
  WHERE shop.uninstalled_at IS NULL
    AND EXISTS (
      SELECT FROM app_dashboard.ad_accounts account
      WHERE account.shop_id = shop.shop_id AND account.platform = 'META' AND account.selected
    )
    AND (ended.finished_at IS NULL OR ended.finished_at < now() - max_age)
    AND NOT coalesce(
      ended.status = 'FAILED' AND ended.code IN ('META_RECONNECT', 'META_BLOCKED'), false)
    AND NOT EXISTS (
      SELECT FROM app_dashboard.sync_jobs job
      WHERE job.shop_id = shop.shop_id AND job.platform = 'META'
        AND job.status IN ('QUEUED', 'IN_PROGRESS')
    )
  ORDER BY ended.finished_at NULLS FIRST, shop.shop_id
  LIMIT max_shops
$$;

GRANT CREATE ON SCHEMA app_dashboard TO merit_dispatcher;
ALTER FUNCTION app_dashboard.use_oauth_state(bytea) OWNER TO merit_dispatcher;
ALTER FUNCTION app_dashboard.meta_shops_due(interval, integer) OWNER TO merit_dispatcher;
REVOKE ALL ON FUNCTION app_dashboard.use_oauth_state(bytea) FROM PUBLIC;
REVOKE ALL ON FUNCTION app_dashboard.meta_shops_due(interval, integer) FROM PUBLIC;
REVOKE CREATE ON SCHEMA app_dashboard FROM merit_dispatcher;
GRANT EXECUTE ON FUNCTION app_dashboard.use_oauth_state(bytea) TO merit_web;
GRANT EXECUTE ON FUNCTION app_dashboard.meta_shops_due(interval, integer) TO merit_worker;

-- An ad account's day in the account's own zone and currency.
CREATE VIEW reporting.marketing_daily WITH (security_invoker = true) AS
SELECT shop_id, 'META'::text AS platform, ad_account_id, day, currency, spend, impressions, clicks,
  link_clicks, purchases, purchase_value, updated_at
FROM reporting.daily_meta_metrics;

-- Revenue beside spend on equal calendar dates, of the ad accounts that the shop has chosen and by
-- currency: amounts in two currencies stand on two rows. A side without a row is 0.
CREATE VIEW reporting.mer_roas WITH (security_invoker = true) AS
WITH ads AS (
  SELECT daily.shop_id, daily.day, daily.currency, sum(daily.spend) AS spend,
    sum(daily.purchase_value) AS purchase_value
  FROM reporting.marketing_daily daily
  JOIN app_dashboard.ad_accounts account
    ON account.shop_id = daily.shop_id AND account.ad_account_id = daily.ad_account_id
  WHERE account.selected
  GROUP BY daily.shop_id, daily.day, daily.currency
)
SELECT shop_id, day, currency, coalesce(sales.revenue, 0) AS revenue,
  coalesce(ads.spend, 0) AS spend, coalesce(ads.purchase_value, 0) AS purchase_value
FROM reporting.daily_revenue sales
FULL JOIN ads USING (shop_id, day, currency);

-- As before, but an ad account that is no longer read must not make the others look old.
CREATE OR REPLACE VIEW reporting.sync_status WITH (security_invoker = true) AS
WITH streams AS (
  SELECT cursor.shop_id, cursor.platform, min(cursor.watermark) AS data_fresh_to
  FROM app_dashboard.sync_cursors cursor
  WHERE cursor.platform <> 'META' OR EXISTS (
    SELECT FROM app_dashboard.ad_accounts account
    WHERE account.shop_id = cursor.shop_id AND account.selected
      AND cursor.stream = 'insights:' || account.ad_account_id
  )
  GROUP BY cursor.shop_id, cursor.platform
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

GRANT SELECT ON reporting.marketing_daily, reporting.mer_roas TO merit_web, merit_worker;
