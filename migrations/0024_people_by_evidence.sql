CREATE TABLE "contested_people" (
	"person" bigint NOT NULL,
	"author_id" bigint NOT NULL,
	CONSTRAINT "contested_people_person_author_id_pk" PRIMARY KEY("person","author_id")
);
--> statement-breakpoint
CREATE TABLE "curated_authorships" (
	"source" text NOT NULL,
	"key" text collate "C" NOT NULL,
	"name_key" text collate "C" NOT NULL,
	"decision_id" bigint NOT NULL,
	"part" smallint NOT NULL,
	CONSTRAINT "curated_authorships_source_key_name_key_pk" PRIMARY KEY("source","key","name_key")
);
--> statement-breakpoint
CREATE TABLE "unsettled_names" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "unsettled_names_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"names" text[] NOT NULL
);
--> statement-breakpoint
ALTER TABLE "catalogue_rules" ADD COLUMN "clustering_version" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "authorships" ADD COLUMN "name_block" text collate "C";--> statement-breakpoint
ALTER TABLE "authorships" ADD COLUMN "person" bigint;--> statement-breakpoint
ALTER TABLE "contested_people" ADD CONSTRAINT "contested_people_author_id_authors_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."authors"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "curated_authorships" ADD CONSTRAINT "curated_authorships_decision_id_curation_decisions_id_fk" FOREIGN KEY ("decision_id") REFERENCES "public"."curation_decisions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "contested_people_author_idx" ON "contested_people" USING btree ("author_id");--> statement-breakpoint
CREATE INDEX "curated_authorships_decision_idx" ON "curated_authorships" USING btree ("decision_id");--> statement-breakpoint
CREATE INDEX "authorships_name_block_idx" ON "authorships" USING btree ("name_block") WHERE name_block <> '';