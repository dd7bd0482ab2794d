CREATE TABLE "changed_topic_keys" (
	"key" text collate "C" PRIMARY KEY NOT NULL
);
--> statement-breakpoint
CREATE TABLE "curated_topics" (
	"key" text collate "C" NOT NULL,
	"aspect" text NOT NULL,
	"decision_id" bigint NOT NULL,
	"value" text,
	CONSTRAINT "curated_topics_key_aspect_pk" PRIMARY KEY("key","aspect")
);
--> statement-breakpoint
CREATE TABLE "paper_keywords" (
	"paper_id" bigint NOT NULL,
	"slug" text collate "C" NOT NULL,
	"name" text NOT NULL,
	"position" smallint NOT NULL,
	"key" text collate "C",
	"acronym" text collate "C",
	"said" smallint NOT NULL,
	"author_group" text collate "C" NOT NULL,
	CONSTRAINT "paper_keywords_paper_id_slug_pk" PRIMARY KEY("paper_id","slug")
);
--> statement-breakpoint
CREATE TABLE "topic_claims" (
	"paper_id" bigint NOT NULL,
	"slug" text collate "C" NOT NULL,
	"name" text NOT NULL,
	"kind" "topic_kind" NOT NULL,
	"key" text collate "C" NOT NULL,
	"score" real,
	"source" text NOT NULL,
	CONSTRAINT "topic_claims_paper_id_slug_pk" PRIMARY KEY("paper_id","slug")
);
--> statement-breakpoint
CREATE TABLE "topic_keys" (
	"key" text collate "C" PRIMARY KEY NOT NULL,
	"topic_id" bigint,
	"root_key" text collate "C" NOT NULL,
	"reason" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "curation_decisions" ADD COLUMN "topic" jsonb;--> statement-breakpoint
ALTER TABLE "curated_topics" ADD CONSTRAINT "curated_topics_decision_id_curation_decisions_id_fk" FOREIGN KEY ("decision_id") REFERENCES "public"."curation_decisions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "paper_keywords" ADD CONSTRAINT "paper_keywords_paper_id_papers_id_fk" FOREIGN KEY ("paper_id") REFERENCES "public"."papers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "topic_claims" ADD CONSTRAINT "topic_claims_paper_id_papers_id_fk" FOREIGN KEY ("paper_id") REFERENCES "public"."papers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "topic_keys" ADD CONSTRAINT "topic_keys_topic_id_topics_id_fk" FOREIGN KEY ("topic_id") REFERENCES "public"."topics"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "curated_topics_decision_idx" ON "curated_topics" USING btree ("decision_id");--> statement-breakpoint
CREATE INDEX "paper_keywords_slug_idx" ON "paper_keywords" USING btree ("slug","paper_id");--> statement-breakpoint
CREATE INDEX "paper_keywords_key_idx" ON "paper_keywords" USING btree ("key","paper_id");--> statement-breakpoint
CREATE INDEX "paper_keywords_acronym_idx" ON "paper_keywords" USING btree ("acronym","key");--> statement-breakpoint
CREATE INDEX "topic_claims_key_idx" ON "topic_claims" USING btree ("key","paper_id");--> statement-breakpoint
CREATE INDEX "topic_keys_topic_idx" ON "topic_keys" USING btree ("topic_id");--> statement-breakpoint
CREATE INDEX "topic_keys_root_idx" ON "topic_keys" USING btree ("root_key");--> statement-breakpoint
-- Papers are made again, each with its keywords, and then the topics: see followPrecedence.
UPDATE "catalogue_rules" SET "matching_version" = -abs("matching_version"), "remade_through" = NULL;
