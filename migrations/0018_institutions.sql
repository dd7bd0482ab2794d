CREATE TYPE "public"."institution_evidence" AS ENUM('ror', 'named', 'printed');--> statement-breakpoint
CREATE TABLE "affiliation_institutions" (
	"affiliation_id" bigint NOT NULL,
	"institution_id" bigint NOT NULL,
	"evidence" "institution_evidence" NOT NULL,
	"matched" text,
	CONSTRAINT "affiliation_institutions_affiliation_id_institution_id_pk" PRIMARY KEY("affiliation_id","institution_id")
);
--> statement-breakpoint
CREATE TABLE "affiliations" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "affiliations_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"hash" text NOT NULL,
	"name" text NOT NULL,
	"is_claim" boolean NOT NULL,
	"ror" text collate "C",
	"domain" text,
	"acronym" text,
	"name_key" text collate "C",
	"keys" text[] NOT NULL,
	CONSTRAINT "affiliations_hash_unique" UNIQUE("hash")
);
--> statement-breakpoint
CREATE TABLE "institution_record_names" (
	"name_key" text collate "C" NOT NULL,
	"is_acronym" boolean NOT NULL,
	"ror" text collate "C" NOT NULL,
	"source" text NOT NULL,
	"key" text collate "C" NOT NULL,
	CONSTRAINT "institution_record_names_pk" PRIMARY KEY("name_key","is_acronym","source","key")
);
--> statement-breakpoint
CREATE TABLE "institution_records" (
	"source" text NOT NULL,
	"key" text collate "C" NOT NULL,
	"content_hash" text NOT NULL,
	"licence" text,
	"fetched_at" timestamp with time zone DEFAULT now() NOT NULL,
	"record" jsonb NOT NULL,
	"ror" text collate "C" NOT NULL,
	CONSTRAINT "institution_records_source_key_pk" PRIMARY KEY("source","key")
);
--> statement-breakpoint
CREATE TABLE "institutions" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "institutions_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"entity" text collate "C" NOT NULL,
	"slug" text collate "C" NOT NULL,
	"ror" text collate "C",
	"name" text NOT NULL,
	"name_key" text collate "C" NOT NULL,
	"name_keys" text[] NOT NULL,
	"acronyms" text[] NOT NULL,
	"short_keys" text[] NOT NULL,
	"country" text,
	"domain" text,
	"parent_ror" text,
	"paper_count" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "institutions_entity_unique" UNIQUE("entity"),
	CONSTRAINT "institutions_slug_unique" UNIQUE("slug")
);
--> statement-breakpoint
CREATE TABLE "paper_affiliations" (
	"paper_id" bigint NOT NULL,
	"affiliation_id" bigint NOT NULL,
	"positions" integer[] NOT NULL,
	"source" text NOT NULL,
	CONSTRAINT "paper_affiliations_paper_id_affiliation_id_pk" PRIMARY KEY("paper_id","affiliation_id")
);
--> statement-breakpoint
CREATE TABLE "paper_institutions" (
	"paper_id" bigint NOT NULL,
	"institution_id" bigint NOT NULL,
	"positions" integer[] NOT NULL,
	"evidence" "institution_evidence" NOT NULL,
	"source" text NOT NULL,
	"matched" text,
	"published_sort" date NOT NULL,
	CONSTRAINT "paper_institutions_paper_id_institution_id_pk" PRIMARY KEY("paper_id","institution_id")
);
--> statement-breakpoint
ALTER TABLE "affiliation_institutions" ADD CONSTRAINT "affiliation_institutions_affiliation_id_affiliations_id_fk" FOREIGN KEY ("affiliation_id") REFERENCES "public"."affiliations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "affiliation_institutions" ADD CONSTRAINT "affiliation_institutions_institution_id_institutions_id_fk" FOREIGN KEY ("institution_id") REFERENCES "public"."institutions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "institution_record_names" ADD CONSTRAINT "institution_record_names_record_fk" FOREIGN KEY ("source","key") REFERENCES "public"."institution_records"("source","key") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "paper_affiliations" ADD CONSTRAINT "paper_affiliations_paper_id_papers_id_fk" FOREIGN KEY ("paper_id") REFERENCES "public"."papers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "paper_affiliations" ADD CONSTRAINT "paper_affiliations_affiliation_id_affiliations_id_fk" FOREIGN KEY ("affiliation_id") REFERENCES "public"."affiliations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "paper_institutions" ADD CONSTRAINT "paper_institutions_paper_id_papers_id_fk" FOREIGN KEY ("paper_id") REFERENCES "public"."papers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "paper_institutions" ADD CONSTRAINT "paper_institutions_institution_id_institutions_id_fk" FOREIGN KEY ("institution_id") REFERENCES "public"."institutions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "affiliation_institutions_institution_idx" ON "affiliation_institutions" USING btree ("institution_id");--> statement-breakpoint
CREATE INDEX "affiliations_keys_idx" ON "affiliations" USING gin ("keys");--> statement-breakpoint
CREATE INDEX "affiliations_name_key_idx" ON "affiliations" USING btree ("name_key") WHERE name_key is not null;--> statement-breakpoint
CREATE INDEX "affiliations_ror_idx" ON "affiliations" USING btree ("ror") WHERE ror is not null;--> statement-breakpoint
CREATE INDEX "institution_record_names_record_idx" ON "institution_record_names" USING btree ("source","key");--> statement-breakpoint
CREATE INDEX "institution_records_ror_idx" ON "institution_records" USING btree ("ror","source","key");--> statement-breakpoint
CREATE UNIQUE INDEX "institutions_ror_key" ON "institutions" USING btree ("ror");--> statement-breakpoint
CREATE INDEX "institutions_name_key_idx" ON "institutions" USING btree ("name_key","id");--> statement-breakpoint
CREATE INDEX "institutions_paper_count_idx" ON "institutions" USING btree ("paper_count","id");--> statement-breakpoint
CREATE INDEX "institutions_name_keys_idx" ON "institutions" USING gin ("name_keys");--> statement-breakpoint
CREATE INDEX "institutions_short_keys_idx" ON "institutions" USING gin ("short_keys");--> statement-breakpoint
CREATE INDEX "paper_affiliations_affiliation_idx" ON "paper_affiliations" USING btree ("affiliation_id");--> statement-breakpoint
CREATE INDEX "paper_institutions_institution_idx" ON "paper_institutions" USING btree ("institution_id","published_sort","paper_id");