-- What the scheduler reads and writes across shops, and how old jobs are forgotten.

-- The newest success of a connection, however many failures came after it.
CREATE INDEX sync_jobs_succeeded_idx ON app_dashboard.sync_jobs (shop_id, platform, finished_at)
  WHERE status = 'SUCCEEDED';

-- The newest check against Shopify's report.
CREATE INDEX sync_jobs_reconciled_idx ON app_dashboard.sync_jobs (shop_id, finished_at)
  WHERE job_type = 'RECONCILE';

-- Runs that webhooks set off succeed every few seconds on a busy shop: what is told of a connection
-- stands apart from them.
CREATE INDEX sync_jobs_live_idx ON app_dashboard.sync_jobs (shop_id, platform, finished_at)
  WHERE requested_by = 'webhook' AND status = 'SUCCEEDED';
CREATE INDEX sync_jobs_told_idx ON app_dashboard.sync_jobs (shop_id, platform, finished_at)
  WHERE finished_at IS NOT NULL AND NOT (requested_by = 'webhook' AND status = 'SUCCEEDED');

CREATE POLICY dispatcher ON app_dashboard.shop_credentials FOR SELECT TO merit_dispatcher USING (true);
CREATE POLICY dispatcher ON app_dashboard.sync_cursors FOR SELECT TO merit_dispatcher USING (true);
GRANT SELECT (iana_timezone) ON app_dashboard.shops TO merit_dispatcher;
GRANT SELECT (shop_id, kind, updated_at) ON app_dashboard.shop_credentials TO merit_dispatcher;
GRANT SELECT (shop_id, platform, stream, detail) ON app_dashboard.sync_cursors TO merit_dispatcher;
GRANT INSERT (shop_id, platform, job_type, requested_by, priority, run_after)
  ON app_dashboard.sync_jobs TO merit_dispatcher;
GRANT DELETE ON app_dashboard.sync_jobs TO merit_dispatcher;

-- A person's wish takes the place of a job that the schedule queued for later.
GRANT UPDATE (job_type, requested_by) ON app_dashboard.sync_jobs TO merit_web;

DROP FUNCTION app_dashboard.shops_due(interval, integer);
DROP FUNCTION app_dashboard.meta_shops_due(interval, integer);

-- How every connection stands: Shopify of every shop, Meta of every shop that has a login or a chosen
-- ad account. Facts only; app/sync/what-is-due.ts decides. A history is complete by what is stored,
-- not by jobs, which are forgotten: Meta's when it is of every chosen ad account. Each look into the
-- jobs is for one connection and ends at its first row (LIMIT), so that it can only be an index's. A
-- check against Shopify's report brings no new data, and a success that webhooks set off may not have
-- looked for what they do not tell: neither counts as the connection's last job. A check that gave
-- way to a person's wish (GAVE_WAY) checked nothing.
CREATE FUNCTION app_dashboard.connections_to_schedule()
RETURNS TABLE (
  shop_id text, platform text, installed boolean, connected boolean, paused boolean,
  in_flight boolean, history_complete boolean, last_ended_at timestamptz, last_status text,
  last_error_kind text, last_error_code text, last_job_type text, last_success_at timestamptz,
  credentials_changed_at timestamptz, timezone text, history_complete_at timestamptz,
  last_reconciled_at timestamptz
)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = ''
-- Compiling the query takes longer than running it.
SET jit = 'off'
AS $$
  WITH connections AS (
    SELECT shop.shop_id, 'SHOPIFY' AS platform, shop.uninstalled_at IS NULL AS installed,
      token.shop_id IS NOT NULL AS connected, shop.history_complete_at IS NOT NULL AS history_complete,
      token.updated_at AS credentials_changed_at, shop.iana_timezone AS timezone,
      shop.history_complete_at
    FROM app_dashboard.shops shop
    LEFT JOIN app_dashboard.shop_credentials token
      ON token.shop_id = shop.shop_id AND token.kind = 'SHOPIFY_OFFLINE'
    UNION ALL
    SELECT shop.shop_id, 'META', shop.uninstalled_at IS NULL,
      login.shop_id IS NOT NULL AND chosen.shop_id IS NOT NULL, coalesce(chosen.complete, false),
      login.updated_at, NULL, NULL
    FROM app_dashboard.shops shop
    LEFT JOIN app_dashboard.shop_credentials login
      ON login.shop_id = shop.shop_id AND login.kind = 'META_USER'
    LEFT JOIN (
      SELECT account.shop_id,
        bool_and(coalesce(cursor.detail -> 'complete' = 'true', false)) AS complete
      FROM app_dashboard.ad_accounts account
      LEFT JOIN app_dashboard.sync_cursors cursor ON cursor.shop_id = account.shop_id
        AND cursor.platform = account.platform
        AND cursor.stream = 'insights:' || account.ad_account_id
      WHERE account.platform = 'META' AND account.selected
      GROUP BY account.shop_id
    ) chosen ON chosen.shop_id = shop.shop_id
    WHERE login.shop_id IS NOT NULL OR chosen.shop_id IS NOT NULL
  )
  SELECT connection.shop_id, connection.platform, connection.installed, connection.connected,
    pause.shop_id IS NOT NULL, running.found IS NOT NULL, connection.history_complete,
    ended.finished_at, ended.status,
    CASE WHEN ended.status = 'FAILED' THEN ended.error_kind END,
    CASE WHEN ended.status = 'FAILED' THEN ended.error ->> 'code' END, ended.job_type,
    success.finished_at, connection.credentials_changed_at, connection.timezone, connection.history_complete_at,
    reconciled.finished_at
  FROM connections connection
  LEFT JOIN app_dashboard.sync_pauses pause
    ON pause.shop_id = connection.shop_id AND pause.platform = connection.platform
  LEFT JOIN LATERAL (
    SELECT true AS found FROM app_dashboard.sync_jobs job
    WHERE job.shop_id = connection.shop_id AND job.platform = connection.platform
      AND job.status IN ('QUEUED', 'IN_PROGRESS')
    LIMIT 1
  ) running ON true
  LEFT JOIN LATERAL (
    SELECT job.finished_at, job.status, job.error, job.error_kind, job.job_type
    FROM app_dashboard.sync_jobs job
    WHERE job.shop_id = connection.shop_id AND job.platform = connection.platform
      AND job.finished_at IS NOT NULL AND job.job_type <> 'RECONCILE'
      AND NOT (job.requested_by = 'webhook' AND job.status = 'SUCCEEDED')
    ORDER BY job.finished_at DESC LIMIT 1
  ) ended ON true
  LEFT JOIN LATERAL (
    SELECT job.finished_at
    FROM app_dashboard.sync_jobs job
    WHERE job.shop_id = connection.shop_id AND job.platform = connection.platform
      AND job.status = 'SUCCEEDED' AND job.finished_at IS NOT NULL
      AND job.job_type <> 'RECONCILE'
    ORDER BY job.finished_at DESC LIMIT 1
  ) success ON true
  LEFT JOIN LATERAL (
    SELECT job.finished_at
    FROM app_dashboard.sync_jobs job
    WHERE job.shop_id = connection.shop_id AND job.job_type = 'RECONCILE'
      AND connection.platform = 'SHOPIFY' AND job.finished_at IS NOT NULL
      AND job.error ->> 'code' IS DISTINCT FROM 'GAVE_WAY'
    ORDER BY job.finished_at DESC LIMIT 1
  ) reconciled ON true
$$;

-- Queues what the scheduler decided: [{shop_id, platform, job_type, priority, run_after, read_at}],
-- where read_at is when it read how the connection stands. Nothing for a shop that left or a
-- connection that was paused meanwhile, and nothing where another job is in flight or ended since.
-- One caller at a time, so that each sees all that the one before it queued.
CREATE FUNCTION app_dashboard.queue_due_syncs(due jsonb)
RETURNS TABLE (shop_id text, platform text, id uuid)
LANGUAGE sql VOLATILE SECURITY DEFINER
SET search_path = ''
AS $$
  SELECT pg_advisory_xact_lock(hashtextextended('merit:queue_due_syncs', 0));
  INSERT INTO app_dashboard.sync_jobs AS job
    (shop_id, platform, job_type, requested_by, priority, run_after)
  SELECT asked.shop_id, asked.platform, asked.job_type, 'schedule', asked.priority, asked.run_after
  FROM jsonb_to_recordset(due) AS asked (
    shop_id text, platform text, job_type text, priority integer, run_after timestamptz,
    read_at timestamptz
  )
  JOIN app_dashboard.shops shop ON shop.shop_id = asked.shop_id AND shop.uninstalled_at IS NULL
  WHERE NOT EXISTS (
      SELECT FROM app_dashboard.sync_pauses pause
      WHERE pause.shop_id = asked.shop_id AND pause.platform = asked.platform
    )
    AND NOT EXISTS (
      SELECT FROM app_dashboard.sync_jobs ended
      WHERE ended.shop_id = asked.shop_id AND ended.platform = asked.platform
        AND ended.finished_at >= asked.read_at
    )
  ON CONFLICT (shop_id, platform) WHERE status IN ('QUEUED', 'IN_PROGRESS') DO NOTHING
  RETURNING job.shop_id, job.platform, job.id
$$;

-- Forgets ended jobs: runs that webhooks set off and that succeeded after live_age, other INCREMENTALs
-- that succeeded after succeeded_age, all others after other_age, never the newest `kept` of a
-- connection nor its newest success. At most max_jobs at a time; answers how many, 0 also while
-- another is at it.
CREATE FUNCTION app_dashboard.forget_old_jobs(
  live_age interval, succeeded_age interval, other_age interval, kept integer, max_jobs integer
) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = ''
SET jit = 'off'
AS $$
DECLARE
  forgotten integer;
BEGIN
  IF NOT pg_try_advisory_xact_lock(hashtextextended('merit:forget_old_jobs', 0)) THEN
    RETURN 0;
  END IF;
  WITH old AS (
    SELECT job.shop_id, job.id
    FROM app_dashboard.shops shop
    CROSS JOIN (VALUES ('SHOPIFY'), ('META')) AS known (platform)
    CROSS JOIN LATERAL (
      SELECT recent.finished_at FROM app_dashboard.sync_jobs recent
      WHERE recent.shop_id = shop.shop_id AND recent.platform = known.platform
        AND recent.finished_at IS NOT NULL
      ORDER BY recent.finished_at DESC OFFSET kept - 1 LIMIT 1
    ) last_kept
    LEFT JOIN LATERAL (
      SELECT recent.id FROM app_dashboard.sync_jobs recent
      WHERE recent.shop_id = shop.shop_id AND recent.platform = known.platform
        AND recent.status = 'SUCCEEDED' AND recent.finished_at IS NOT NULL
        AND recent.job_type <> 'RECONCILE'
      ORDER BY recent.finished_at DESC LIMIT 1
    ) success ON true
    CROSS JOIN LATERAL (
      SELECT live.shop_id, live.id FROM app_dashboard.sync_jobs live
      WHERE live.shop_id = shop.shop_id AND live.platform = known.platform
        AND live.requested_by = 'webhook' AND live.status = 'SUCCEEDED'
        AND live.finished_at < least(last_kept.finished_at, now() - live_age)
      UNION ALL
      SELECT told.shop_id, told.id FROM app_dashboard.sync_jobs told
      WHERE told.shop_id = shop.shop_id AND told.platform = known.platform
        AND told.finished_at IS NOT NULL
        AND NOT (told.requested_by = 'webhook' AND told.status = 'SUCCEEDED')
        AND told.finished_at < least(last_kept.finished_at, now() - least(succeeded_age, other_age))
        AND told.finished_at < now() - CASE
          WHEN told.job_type = 'INCREMENTAL' AND told.status = 'SUCCEEDED' THEN succeeded_age
          ELSE other_age
        END
    ) job
    WHERE job.id IS DISTINCT FROM success.id
    LIMIT max_jobs
  )
  DELETE FROM app_dashboard.sync_jobs job USING old
  WHERE job.shop_id = old.shop_id AND job.id = old.id;
  GET DIAGNOSTICS forgotten = ROW_COUNT;
  RETURN forgotten;
END
$$;

GRANT CREATE ON SCHEMA app_dashboard TO merit_dispatcher;
DO $$
DECLARE
  signature regprocedure;
BEGIN
  FOREACH signature IN ARRAY ARRAY[
    'app_dashboard.connections_to_schedule()', 'app_dashboard.queue_due_syncs(jsonb)',
    'app_dashboard.forget_old_jobs(interval, interval, interval, integer, integer)'
  ]::regprocedure[] LOOP
    EXECUTE format('ALTER FUNCTION %s OWNER TO merit_dispatcher', signature);
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', signature);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO merit_worker', signature);
  END LOOP;
END
$$;
REVOKE CREATE ON SCHEMA app_dashboard FROM merit_dispatcher;
