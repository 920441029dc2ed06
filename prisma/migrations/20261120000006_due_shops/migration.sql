-- What the scheduler and a webhook need of the jobs: which shops are due, and bringing a job forward.

-- Installed shops with a complete history whose newest ended job is older than max_age and that
-- have none in flight; the longest waiting first.
CREATE FUNCTION app_dashboard.shops_due(max_age interval, max_shops integer)
RETURNS TABLE (shop_id text)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = ''
AS $$
  SELECT shop.shop_id
  FROM app_dashboard.shops shop
  CROSS JOIN LATERAL (
    SELECT max(job.finished_at) AS at FROM app_dashboard.sync_jobs job
    WHERE job.shop_id = shop.shop_id AND job.platform = 'SHOPIFY'
  ) ended
  WHERE shop.uninstalled_at IS NULL AND shop.history_complete_at IS NOT NULL
    AND coalesce(ended.at, shop.history_complete_at) < now() - max_age
    AND NOT EXISTS (
      SELECT FROM app_dashboard.sync_jobs job
      WHERE job.shop_id = shop.shop_id AND job.platform = 'SHOPIFY'
        AND job.status IN ('QUEUED', 'IN_PROGRESS')
    )
  ORDER BY coalesce(ended.at, shop.history_complete_at), shop.shop_id
  LIMIT max_shops
$$;

CREATE POLICY dispatcher ON app_dashboard.shops FOR SELECT TO merit_dispatcher USING (true);
GRANT SELECT (shop_id, uninstalled_at, history_complete_at) ON app_dashboard.shops TO merit_dispatcher;

GRANT CREATE ON SCHEMA app_dashboard TO merit_dispatcher;
ALTER FUNCTION app_dashboard.shops_due(interval, integer) OWNER TO merit_dispatcher;
REVOKE ALL ON FUNCTION app_dashboard.shops_due(interval, integer) FROM PUBLIC;
REVOKE CREATE ON SCHEMA app_dashboard FROM merit_dispatcher;
GRANT EXECUTE ON FUNCTION app_dashboard.shops_due(interval, integer) TO merit_worker;

-- A finished bulk operation is told by webhook: its job need not wait for the next poll.
GRANT UPDATE (run_after) ON app_dashboard.sync_jobs TO merit_web;
