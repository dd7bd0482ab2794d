CREATE TABLE "contested_identifiers" (
	"scheme" "identifier_scheme" NOT NULL,
	"value" text collate "C" NOT NULL,
	"paper_id" bigint NOT NULL,
	CONSTRAINT "contested_identifiers_scheme_value_paper_id_pk" PRIMARY KEY("scheme","value","paper_id")
);
--> statement-breakpoint
CREATE TABLE "curated_records" (
	"source" text NOT NULL,
	"key" text collate "C" NOT NULL,
	"decision_id" bigint NOT NULL,
	"part" smallint NOT NULL,
	CONSTRAINT "curated_records_source_key_pk" PRIMARY KEY("source","key")
);
--> statement-breakpoint
CREATE TABLE "curation_decisions" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "curation_decisions_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"kind" text NOT NULL,
	"records" jsonb NOT NULL,
	"reason" text,
	"decided_by" text NOT NULL,
	"decided_at" timestamp with time zone DEFAULT now() NOT NULL,
	"undone_by" text,
	"undone_at" timestamp with time zone,
	"undone_reason" text
);
--> statement-breakpoint
CREATE TABLE "waiting_identifiers" (
	"scheme" "identifier_scheme" NOT NULL,
	"value" text collate "C" NOT NULL,
	"source" text NOT NULL,
	"key" text collate "C" NOT NULL,
	CONSTRAINT "waiting_identifiers_scheme_value_source_key_pk" PRIMARY KEY("scheme","value","source","key")
);
--> statement-breakpoint
ALTER TABLE "source_records" DROP CONSTRAINT "source_records_paper_id_papers_id_fk";
--> statement-breakpoint
ALTER TABLE "source_records" ALTER COLUMN "paper_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "paper_redirects" ADD COLUMN "merged_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "paper_redirects" ADD COLUMN "cause" text;--> statement-breakpoint
ALTER TABLE "paper_redirects" ADD COLUMN "cause_value" text;--> statement-breakpoint
ALTER TABLE "source_records" ADD COLUMN "minted_id" bigint;--> statement-breakpoint
ALTER TABLE "import_jobs" ADD COLUMN "waiting_count" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "contested_identifiers" ADD CONSTRAINT "contested_identifiers_paper_id_papers_id_fk" FOREIGN KEY ("paper_id") REFERENCES "public"."papers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "curated_records" ADD CONSTRAINT "curated_records_decision_id_curation_decisions_id_fk" FOREIGN KEY ("decision_id") REFERENCES "public"."curation_decisions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waiting_identifiers" ADD CONSTRAINT "waiting_identifiers_record_fk" FOREIGN KEY ("source","key") REFERENCES "public"."source_records"("source","key") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "contested_identifiers_paper_idx" ON "contested_identifiers" USING btree ("paper_id");--> statement-breakpoint
CREATE INDEX "curated_records_decision_idx" ON "curated_records" USING btree ("decision_id");--> statement-breakpoint
CREATE INDEX "waiting_identifiers_record_idx" ON "waiting_identifiers" USING btree ("source","key");--> statement-breakpoint
ALTER TABLE "source_records" ADD CONSTRAINT "source_records_paper_id_papers_id_fk" FOREIGN KEY ("paper_id") REFERENCES "public"."papers"("id") ON DELETE set null ON UPDATE no action;