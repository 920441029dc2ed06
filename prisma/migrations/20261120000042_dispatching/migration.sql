-- In which order jobs go, and what becomes of those whose worker was lost.

-- Jobs whose time has come, earliest deadline first: run_after plus the head start that the job
-- gives to others, plus a minute for every job of its shop that runs or stands before it. So a
-- shop's n-th job comes after every other shop's (n-1)-th that is due up to a minute later. What a
-- job waits for is bounded: only jobs that were due within its own head start can come before it.
-- No shop has more than per_shop jobs, those that run included, on the way.
DROP FUNCTION app_dashboard.jobs_to_dispatch(integer);
CREATE FUNCTION app_dashboard.jobs_to_dispatch(max_jobs integer, per_shop integer)
RETURNS TABLE (shop_id text, id uuid, run_after timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = ''
AS $$
  WITH running AS (
    SELECT job.shop_id, count(*) AS jobs FROM app_dashboard.sync_jobs job
    WHERE job.status = 'IN_PROGRESS' GROUP BY job.shop_id
  ), waiting AS (
    SELECT job.shop_id, job.id, job.run_after,
      job.run_after + make_interval(secs => job.priority) AS deadline
    FROM app_dashboard.sync_jobs job
    WHERE job.status = 'QUEUED' AND job.run_after <= now()
  ), placed AS (
    SELECT waiting.*, coalesce(running.jobs, 0)
      + row_number() OVER (PARTITION BY waiting.shop_id ORDER BY waiting.deadline, waiting.id) AS place
    FROM waiting LEFT JOIN running USING (shop_id)
  )
  SELECT placed.shop_id, placed.id, placed.run_after FROM placed
  WHERE placed.place <= per_shop
  ORDER BY placed.deadline + (placed.place - 1) * interval '1 minute', placed.shop_id, placed.id
  LIMIT max_jobs
$$;

-- Jobs whose worker no longer renews its lease go back to the queue: a lost worker counts as a
-- failure, and a job that loses its workers again and again without any progress ends, so that it
-- cannot do so for ever. A row that is being written to is left for the next time.
DROP FUNCTION app_dashboard.take_back_expired_leases();
CREATE FUNCTION app_dashboard.take_back_expired_leases(most_attempts integer)
RETURNS TABLE (shop_id text, id uuid, status text)
LANGUAGE sql VOLATILE SECURITY DEFINER
SET search_path = ''
AS $$
  WITH expired AS (
    SELECT job.shop_id, job.id, job.attempts + 1 >= most_attempts AS hopeless
    FROM app_dashboard.sync_jobs job
    WHERE job.status = 'IN_PROGRESS' AND job.lease_until < now()
    ORDER BY job.shop_id, job.id
    FOR UPDATE SKIP LOCKED
  )
  UPDATE app_dashboard.sync_jobs job
  SET lease_owner = NULL, lease_until = NULL, attempts = job.attempts + 1,
    status = CASE WHEN expired.hopeless THEN 'FAILED' ELSE 'QUEUED' END,
    run_after = CASE WHEN expired.hopeless THEN job.run_after ELSE now() END,
    finished_at = CASE WHEN expired.hopeless THEN now() END,
    error = CASE WHEN expired.hopeless THEN jsonb_build_object(
      'code', 'WORKER_LOST', 'task', NULL, 'retryable', false, 'message',
      format('The process that worked on this was lost %s times in the same place.', job.attempts + 1)
    ) ELSE job.error END,
    error_kind = CASE WHEN expired.hopeless THEN 'DEFECT' ELSE job.error_kind END
  FROM expired
  WHERE job.shop_id = expired.shop_id AND job.id = expired.id
  RETURNING job.shop_id, job.id, job.status
$$;

-- Bulk operations of histories that ended before they had read them: canceled, uninstalled or failed.
-- Nobody will read their files, and each takes one of the shop's five places. Each is told of once.
CREATE INDEX sync_jobs_abandoned_idx ON app_dashboard.sync_jobs (finished_at)
  WHERE status = 'FAILED' AND platform = 'SHOPIFY' AND checkpoint IS NOT NULL;
CREATE FUNCTION app_dashboard.take_abandoned_bulks(max_jobs integer)
RETURNS TABLE (shop_id text, job_id uuid, operation_ids text[])
LANGUAGE sql VOLATILE SECURITY DEFINER
SET search_path = ''
AS $$
  WITH abandoned AS (
    SELECT job.shop_id, job.id, job.checkpoint FROM app_dashboard.sync_jobs job
    WHERE job.status = 'FAILED' AND job.platform = 'SHOPIFY' AND job.checkpoint IS NOT NULL
    ORDER BY job.finished_at
    LIMIT max_jobs
    FOR UPDATE SKIP LOCKED
  ), forgotten AS (
    UPDATE app_dashboard.sync_jobs job SET checkpoint = NULL
    FROM abandoned WHERE job.shop_id = abandoned.shop_id AND job.id = abandoned.id
  )
  SELECT abandoned.shop_id, abandoned.id, array_remove(
    ARRAY[abandoned.checkpoint #>> '{orders,id}', abandoned.checkpoint #>> '{ledger,id}'], NULL)
  FROM abandoned
$$;

GRANT CREATE ON SCHEMA app_dashboard TO merit_dispatcher;
ALTER FUNCTION app_dashboard.jobs_to_dispatch(integer, integer) OWNER TO merit_dispatcher;
ALTER FUNCTION app_dashboard.take_back_expired_leases(integer) OWNER TO merit_dispatcher;
ALTER FUNCTION app_dashboard.take_abandoned_bulks(integer) OWNER TO merit_dispatcher;
REVOKE ALL ON FUNCTION app_dashboard.jobs_to_dispatch(integer, integer),
  app_dashboard.take_back_expired_leases(integer), app_dashboard.take_abandoned_bulks(integer)
  FROM PUBLIC;
REVOKE CREATE ON SCHEMA app_dashboard FROM merit_dispatcher;
GRANT EXECUTE ON FUNCTION app_dashboard.jobs_to_dispatch(integer, integer),
  app_dashboard.take_back_expired_leases(integer), app_dashboard.take_abandoned_bulks(integer)
  TO merit_worker;
