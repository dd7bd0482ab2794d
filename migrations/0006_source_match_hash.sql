ALTER TABLE "source_records" ADD COLUMN "match_hash" bigint;--> statement-breakpoint
CREATE INDEX "source_records_match_idx" ON "source_records" USING btree ("match_hash");