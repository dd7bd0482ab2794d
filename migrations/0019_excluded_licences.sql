CREATE TABLE "catalogue_rules" (
	"id" smallint PRIMARY KEY NOT NULL,
	"excluded_licences" text[] NOT NULL,
	"is_settled" boolean NOT NULL,
	"precedence_version" integer NOT NULL,
	"remade_through" bigint,
	CONSTRAINT "catalogue_rules_one_row" CHECK ("catalogue_rules"."id" = 1)
);
--> statement-breakpoint
CREATE TABLE "hidden_citation_edges" (
	"citing_scheme" "identifier_scheme" NOT NULL,
	"citing_value" text collate "C" NOT NULL,
	"cited_scheme" "identifier_scheme" NOT NULL,
	"cited_value" text collate "C" NOT NULL,
	"source" text NOT NULL,
	"is_influential" boolean,
	"intents" text[] NOT NULL,
	CONSTRAINT "hidden_citation_edges_pk" PRIMARY KEY("source","citing_scheme","citing_value","cited_scheme","cited_value")
);
--> statement-breakpoint
CREATE TABLE "hidden_profile_records" (
	"type" text NOT NULL,
	"source" text NOT NULL,
	"key" text collate "C" NOT NULL,
	"content_hash" text NOT NULL,
	"licence" text,
	"fetched_at" timestamp with time zone DEFAULT now() NOT NULL,
	"record" jsonb NOT NULL,
	CONSTRAINT "hidden_profile_records_type_source_key_pk" PRIMARY KEY("type","source","key")
);
--> statement-breakpoint
CREATE TABLE "hidden_records" (
	"source" text NOT NULL,
	"key" text collate "C" NOT NULL,
	"paper_id" bigint,
	"minted_id" bigint,
	"paper_created_at" timestamp with time zone,
	"content_hash" text NOT NULL,
	"licence" text,
	"fetched_at" timestamp with time zone DEFAULT now() NOT NULL,
	"record" jsonb NOT NULL,
	CONSTRAINT "hidden_records_source_key_pk" PRIMARY KEY("source","key")
);
--> statement-breakpoint
CREATE INDEX "hidden_records_licence_idx" ON "hidden_records" USING btree ("licence","source","key");
--> statement-breakpoint
INSERT INTO "catalogue_rules" ("id", "excluded_licences", "is_settled", "precedence_version", "remade_through") VALUES (1, '{}', true, 0, 0);
