CREATE TABLE "entangled_papers" (
	"paper_id" bigint PRIMARY KEY NOT NULL,
	"tangle" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "contested_identifiers" ADD COLUMN "reason" text DEFAULT 'decision' NOT NULL;--> statement-breakpoint
ALTER TABLE "catalogue_rules" ADD COLUMN "matching_version" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "source_records" ADD COLUMN "byline_hash" bigint;--> statement-breakpoint
ALTER TABLE "source_records" ADD COLUMN "initials_hash" bigint;--> statement-breakpoint
ALTER TABLE "entangled_papers" ADD CONSTRAINT "entangled_papers_paper_id_papers_id_fk" FOREIGN KEY ("paper_id") REFERENCES "public"."papers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "entangled_papers_tangle_idx" ON "entangled_papers" USING btree ("tangle");--> statement-breakpoint
CREATE INDEX "source_records_byline_idx" ON "source_records" USING btree ("byline_hash");--> statement-breakpoint
CREATE INDEX "source_records_initials_idx" ON "source_records" USING btree ("initials_hash");