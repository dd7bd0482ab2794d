ALTER TABLE "catalogue_rules" ADD COLUMN "topics_version" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "catalogue_rules" ADD COLUMN "topics_through" bigint;