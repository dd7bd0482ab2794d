ALTER TABLE "source_records" ADD COLUMN "listed_on" date;--> statement-breakpoint
CREATE INDEX "source_records_listed_idx" ON "source_records" USING btree ("listed_on","paper_id") WHERE listed_on is not null;--> statement-breakpoint
-- Each entry of a daily list is a record of its own now, with the day in its key, so that a paper keeps all days on which it was listed.
UPDATE "source_records" s SET "key" = s."key" || '/' || (s."record"->'listing'->>'on'),
  "record" = jsonb_set(s."record", '{key}', to_jsonb(s."key" || '/' || (s."record"->'listing'->>'on')))
WHERE s."source" = 'hf-daily' AND s."record"->'listing'->>'on' IS NOT NULL
  AND NOT EXISTS (SELECT FROM "curated_records" c WHERE c."source" = s."source" AND c."key" = s."key");--> statement-breakpoint
UPDATE "source_records" SET "listed_on" = ("record"->'listing'->>'on')::date
WHERE "record"->'listing'->>'on' IS NOT NULL;
