ALTER TABLE "source_records" ADD COLUMN "entry_hash" uuid;--> statement-breakpoint
CREATE INDEX "source_records_entry_idx" ON "source_records" USING btree ("entry_hash");