-- How many workers obey one bucket of points (Shopify's Admin API; `api_budgets` holds the bucket).

-- A call's points from before it goes out until every call has ended that it ran beside. What a call
-- that came to nothing had reserved is told from this, and which calls an answer cannot know of yet.
CREATE TABLE "app_dashboard"."api_calls" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "api" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "points" DECIMAL NOT NULL,
    "taken_at" TIMESTAMPTZ(6) NOT NULL,
    "settled_at" TIMESTAMPTZ(6),

    CONSTRAINT "api_calls_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "api_calls_api_subject_idx" ON "app_dashboard"."api_calls"("api", "subject");
ALTER TABLE "app_dashboard"."api_calls" ADD CONSTRAINT "api_calls_api_subject_fkey" FOREIGN KEY ("api", "subject") REFERENCES "app_dashboard"."api_budgets"("api", "subject") ON DELETE CASCADE ON UPDATE CASCADE;
GRANT SELECT, INSERT, UPDATE, DELETE ON app_dashboard.api_calls TO merit_worker;

-- Locks a bucket, forgets calls that no longer matter and fills it up to this instant, by this
-- database's clock. A call unsettled for two minutes has lost its caller: it was not answered.
CREATE FUNCTION app_dashboard.refill_bucket(of_api text, of_subject text)
RETURNS app_dashboard.api_budgets
LANGUAGE plpgsql VOLATILE SECURITY INVOKER
SET search_path = ''
AS $$
DECLARE
  bucket app_dashboard.api_budgets;
  at timestamptz;
BEGIN
  SELECT * INTO STRICT bucket FROM app_dashboard.api_budgets
  WHERE api = of_api AND subject = of_subject FOR UPDATE;
  at := clock_timestamp();
  DELETE FROM app_dashboard.api_calls
  WHERE api = of_api AND subject = of_subject
    AND settled_at IS NULL AND taken_at < at - interval '2 minutes';
  DELETE FROM app_dashboard.api_calls AS ended
  WHERE api = of_api AND subject = of_subject AND settled_at IS NOT NULL
    AND NOT EXISTS (
      SELECT FROM app_dashboard.api_calls AS running
      WHERE running.api = of_api AND running.subject = of_subject
        AND running.settled_at IS NULL AND running.taken_at <= ended.settled_at
    );
  bucket.available := least(
    bucket.maximum,
    bucket.available
      + bucket.restore_rate * greatest(0, extract(epoch FROM at - bucket.updated_at))
  );
  bucket.updated_at := at;
  UPDATE app_dashboard.api_budgets
  SET available = bucket.available, updated_at = at
  WHERE api = of_api AND subject = of_subject;
  RETURN bucket;
END
$$;

-- Takes points for one call, or tells how long to wait. `reserve` is the share of the bucket that this
-- caller leaves to others, but never so much that a call of `largest` points could not be made. With
-- `patience_ms` the points are taken although they come only later: the caller is then first in line,
-- has the call's id and waits for so long before the call. A bucket not known yet is taken for a full
-- one of `unknown_maximum` points.
CREATE FUNCTION app_dashboard.take_points(
  of_api text, of_subject text, points numeric, reserve numeric, largest numeric,
  patience_ms integer, unknown_maximum numeric, unknown_rate numeric
)
RETURNS TABLE (call_id uuid, wait_ms integer)
LANGUAGE plpgsql VOLATILE SECURITY INVOKER
SET search_path = ''
AS $$
DECLARE
  bucket app_dashboard.api_budgets;
  kept numeric;
  needed numeric;
  missing numeric;
BEGIN
  INSERT INTO app_dashboard.api_budgets
    (api, subject, available, maximum, restore_rate, updated_at)
  VALUES (of_api, of_subject, unknown_maximum, unknown_maximum, unknown_rate, clock_timestamp())
  ON CONFLICT DO NOTHING;
  bucket := app_dashboard.refill_bucket(of_api, of_subject);
  kept := greatest(0, least(bucket.maximum * reserve, bucket.maximum - largest));
  -- More than the bucket holds would never come.
  needed := least(points, bucket.maximum - kept);
  missing := greatest(0, needed + kept - bucket.available);
  -- An hour at most: whatever the row says, it is looked at again.
  wait_ms := ceil(1000 * least(3600, greatest(
    missing / bucket.restore_rate,
    extract(epoch FROM bucket.blocked_until - bucket.updated_at),
    0
  )));
  IF wait_ms > patience_ms THEN
    RETURN NEXT;
    RETURN;
  END IF;
  UPDATE app_dashboard.api_budgets SET available = bucket.available - needed
  WHERE api = of_api AND subject = of_subject;
  INSERT INTO app_dashboard.api_calls (api, subject, points, taken_at)
  VALUES (of_api, of_subject, needed, bucket.updated_at)
  RETURNING id INTO call_id;
  RETURN NEXT;
END
$$;

-- Ends a call: what it was charged (NULL: nobody knows, so all that it took), and the bucket as the
-- API told it in the answer (NULL: it told nothing). Never more than the API said. Within that the
-- better of two lower bounds: our own account, and what the API said less every call that it may not
-- have charged yet when it said so. The second mends an account that lost something.
CREATE FUNCTION app_dashboard.settle_points(
  settled uuid, of_api text, of_subject text, charged numeric,
  told_available numeric, told_maximum numeric, told_rate numeric
)
RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY INVOKER
SET search_path = ''
AS $$
DECLARE
  bucket app_dashboard.api_budgets;
  ended app_dashboard.api_calls;
  unseen numeric;
  own numeric;
BEGIN
  bucket := app_dashboard.refill_bucket(of_api, of_subject);
  SELECT * INTO ended FROM app_dashboard.api_calls WHERE id = settled AND settled_at IS NULL;
  own := bucket.available + coalesce(ended.points - coalesce(charged, ended.points), 0);
  UPDATE app_dashboard.api_calls
  SET points = coalesce(charged, points), settled_at = bucket.updated_at
  WHERE id = ended.id;
  SELECT coalesce(sum(other.points), 0) INTO unseen FROM app_dashboard.api_calls AS other
  WHERE other.api = of_api AND other.subject = of_subject AND other.id <> settled
    AND (other.settled_at IS NULL OR other.settled_at >= coalesce(ended.taken_at, '-infinity'));
  UPDATE app_dashboard.api_budgets SET
    available = least(
      coalesce(told_available, own),
      greatest(own, told_available - unseen)
    ),
    maximum = coalesce(told_maximum, maximum),
    restore_rate = coalesce(told_rate, restore_rate)
  WHERE api = of_api AND subject = of_subject;
END
$$;

DO $$
DECLARE
  of_buckets regprocedure;
BEGIN
  FOREACH of_buckets IN ARRAY ARRAY[
    'app_dashboard.refill_bucket(text, text)',
    'app_dashboard.take_points(text, text, numeric, numeric, numeric, integer, numeric, numeric)',
    'app_dashboard.settle_points(uuid, text, text, numeric, numeric, numeric, numeric)'
  ]::regprocedure[] LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', of_buckets);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO merit_worker', of_buckets);
  END LOOP;
END
$$;
