ALTER TABLE "import_jobs" ADD COLUMN "created_paper_count" bigint DEFAULT 0 NOT NULL;
--> statement-breakpoint
UPDATE "import_jobs" SET "created_paper_count" = "created_count";
