CREATE TYPE "public"."change_kind" AS ENUM('created', 'updated', 'merged', 'split', 'deleted', 'got_code', 'published', 'new_version', 'retracted', 'repository_gone', 'repository_archived', 'citation_milestone');--> statement-breakpoint
CREATE TYPE "public"."decision_outcome" AS ENUM('accepted', 'workshop', 'rejected', 'desk_rejected', 'withdrawn', 'pending');--> statement-breakpoint
CREATE TYPE "public"."presentation" AS ENUM('oral', 'spotlight', 'highlight', 'poster');--> statement-breakpoint
CREATE TYPE "public"."event_kind" AS ENUM('version', 'retraction', 'withdrawal', 'concern', 'correction', 'reinstatement');--> statement-breakpoint
CREATE TYPE "public"."import_state" AS ENUM('running', 'stopped', 'failed', 'done');--> statement-breakpoint
CREATE TYPE "public"."institution_evidence" AS ENUM('ror', 'named', 'printed');--> statement-breakpoint
CREATE TYPE "public"."link_kind" AS ENUM('pdf', 'supplement', 'video', 'slides', 'poster', 'project_page', 'demo', 'space', 'model', 'dataset', 'other');--> statement-breakpoint
CREATE TYPE "public"."open_access_status" AS ENUM('diamond', 'gold', 'hybrid', 'bronze', 'green', 'open', 'closed');--> statement-breakpoint
CREATE TYPE "public"."text_version" AS ENUM('published', 'accepted', 'submitted');--> statement-breakpoint
CREATE TYPE "public"."date_precision" AS ENUM('year', 'month', 'day');--> statement-breakpoint
CREATE TYPE "public"."identifier_scheme" AS ENUM('doi', 'arxiv', 'openalex', 's2', 'corpusid', 'pmid', 'pmcid', 'acl', 'dblp', 'openreview', 'pmlr', 'neurips', 'pwc', 'hf');--> statement-breakpoint
CREATE TYPE "public"."paper_kind" AS ENUM('conference_paper', 'journal_article', 'preprint', 'workshop_paper', 'demo', 'book', 'chapter', 'thesis', 'report', 'other');--> statement-breakpoint
CREATE TYPE "public"."topic_kind" AS ENUM('category', 'task', 'method', 'field', 'keyword');--> statement-breakpoint
CREATE TYPE "public"."venue_kind" AS ENUM('conference', 'journal', 'workshop', 'repository', 'other');--> statement-breakpoint
CREATE TYPE "public"."repository_evidence" AS ENUM('in_paper', 'in_readme', 'curated', 'heuristic');--> statement-breakpoint
CREATE TYPE "public"."webhook_message_state" AS ENUM('pending', 'delivered', 'dead');--> statement-breakpoint
CREATE TYPE "public"."webhook_state" AS ENUM('active', 'paused', 'disabled');--> statement-breakpoint
CREATE TABLE "rate_limits" (
	"key" varchar(255) PRIMARY KEY NOT NULL,
	"points" integer DEFAULT 0 NOT NULL,
	"expire" bigint
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"voter" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sign_ins" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "sign_ins_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"email" text,
	"voter" text NOT NULL,
	"paper" text,
	"state" text NOT NULL,
	"try_at" timestamp with time zone NOT NULL,
	"attempts" smallint DEFAULT 0 NOT NULL,
	"token_hash" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "sign_ins_token_hash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "author_identifiers" (
	"scheme" text NOT NULL,
	"value" text collate "C" NOT NULL,
	"author_id" bigint NOT NULL,
	CONSTRAINT "author_identifiers_scheme_value_pk" PRIMARY KEY("scheme","value")
);
--> statement-breakpoint
CREATE TABLE "author_redirects" (
	"id" bigint PRIMARY KEY NOT NULL,
	"author_id" bigint NOT NULL,
	"paper_ids" bigint[] DEFAULT '{}' NOT NULL
);
--> statement-breakpoint
CREATE TABLE "authors" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "authors_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"name" text NOT NULL,
	"name_key" text collate "C" NOT NULL,
	"other_names" text collate "C" DEFAULT '' NOT NULL,
	"paper_count" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "authorships" (
	"paper_id" bigint NOT NULL,
	"position" integer NOT NULL,
	"author_id" bigint NOT NULL,
	"name" text NOT NULL,
	"family_name" text,
	"affiliation" text,
	"identifiers" text[],
	"name_block" text collate "C",
	"person" bigint,
	"published_sort" date NOT NULL,
	CONSTRAINT "authorships_paper_id_position_pk" PRIMARY KEY("paper_id","position"),
	CONSTRAINT "authorships_author_paper_key" UNIQUE("author_id","paper_id")
);
--> statement-breakpoint
CREATE TABLE "contested_author_identifiers" (
	"scheme" text NOT NULL,
	"value" text collate "C" NOT NULL,
	"author_id" bigint NOT NULL,
	CONSTRAINT "contested_author_identifiers_pk" PRIMARY KEY("scheme","value","author_id")
);
--> statement-breakpoint
CREATE TABLE "change_log" (
	"id" smallint PRIMARY KEY NOT NULL,
	"epoch" text NOT NULL,
	"forgotten_through" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "change_log_one_row" CHECK ("change_log"."id" = 1)
);
--> statement-breakpoint
CREATE TABLE "changes" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "changes_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"kind" "change_kind" NOT NULL,
	"paper_id" bigint NOT NULL,
	"other_paper_id" bigint,
	"repository_id" bigint,
	"fields" text[],
	"citation_count" integer,
	"version" integer,
	"happened_on" date,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "paper_updates" (
	"paper_id" bigint PRIMARY KEY NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "citation_counts" (
	"paper_id" bigint PRIMARY KEY NOT NULL,
	"count" integer NOT NULL,
	"counted_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "citation_edges" (
	"citing_scheme" "identifier_scheme" NOT NULL,
	"citing_value" text collate "C" NOT NULL,
	"cited_scheme" "identifier_scheme" NOT NULL,
	"cited_value" text collate "C" NOT NULL,
	"source" text NOT NULL,
	"is_influential" boolean,
	"intents" text[] NOT NULL,
	"contexts" text[],
	CONSTRAINT "citation_edges_pk" PRIMARY KEY("citing_scheme","citing_value","cited_scheme","cited_value","source")
);
--> statement-breakpoint
CREATE TABLE "citation_recounts" (
	"paper_id" bigint PRIMARY KEY NOT NULL
);
--> statement-breakpoint
CREATE TABLE "citations" (
	"citing_id" bigint NOT NULL,
	"cited_id" bigint NOT NULL,
	"sources" text[] NOT NULL,
	"is_influential" boolean,
	"intents" text[] NOT NULL,
	"published_sort" date NOT NULL,
	CONSTRAINT "citations_citing_id_cited_id_pk" PRIMARY KEY("citing_id","cited_id")
);
--> statement-breakpoint
CREATE TABLE "paper_references" (
	"paper_id" bigint NOT NULL,
	"place" integer NOT NULL,
	"variant" integer NOT NULL,
	"scheme" "identifier_scheme",
	"value" text collate "C",
	"title" text,
	"text" text,
	"sources" text[] NOT NULL,
	"is_influential" boolean,
	"intents" text[] NOT NULL,
	"contexts" text[],
	CONSTRAINT "paper_references_paper_id_place_variant_pk" PRIMARY KEY("paper_id","place","variant")
);
--> statement-breakpoint
CREATE TABLE "contested_identifiers" (
	"scheme" "identifier_scheme" NOT NULL,
	"value" text collate "C" NOT NULL,
	"paper_id" bigint NOT NULL,
	"reason" text DEFAULT 'decision' NOT NULL,
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
	"topic" jsonb,
	"reason" text,
	"decided_by" text NOT NULL,
	"decided_at" timestamp with time zone DEFAULT now() NOT NULL,
	"undone_by" text,
	"undone_at" timestamp with time zone,
	"undone_reason" text
);
--> statement-breakpoint
CREATE TABLE "entangled_papers" (
	"paper_id" bigint PRIMARY KEY NOT NULL,
	"tangle" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "paper_decisions" (
	"paper_id" bigint NOT NULL,
	"position" smallint NOT NULL,
	"venue_id" bigint,
	"year" smallint,
	"outcome" "decision_outcome",
	"presentation" "presentation",
	"status" text,
	"track" text,
	"award" text,
	"awards" text[],
	"is_awarded" boolean NOT NULL,
	"session" text,
	"area" text,
	"rating_mean" real,
	"rating_count" smallint,
	"sources" text[] NOT NULL,
	CONSTRAINT "paper_decisions_paper_id_position_pk" PRIMARY KEY("paper_id","position")
);
--> statement-breakpoint
CREATE TABLE "bounces" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "bounces_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"subscriber_id" bigint NOT NULL,
	"outbox_id" bigint,
	"kind" text NOT NULL,
	"reason" text NOT NULL,
	"bounced_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "bounces_mail" UNIQUE("subscriber_id","outbox_id","kind")
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "outbox_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"subscription_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"local_date" date,
	"state" text NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"try_at" timestamp with time zone NOT NULL,
	"claims" integer DEFAULT 0 NOT NULL,
	"claimed_until" timestamp with time zone,
	"attempts" smallint DEFAULT 0 NOT NULL,
	"message_key" uuid DEFAULT gen_random_uuid() NOT NULL,
	"items" jsonb,
	"more_count" integer DEFAULT 0 NOT NULL,
	"token_hash" text,
	"composed_at" timestamp with time zone,
	"reason" text,
	"finished_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "outbox_message_key_unique" UNIQUE("message_key"),
	CONSTRAINT "outbox_token_hash_unique" UNIQUE("token_hash"),
	CONSTRAINT "outbox_subscription_date" UNIQUE("subscription_id","local_date")
);
--> statement-breakpoint
CREATE TABLE "sent_events" (
	"subscriber_id" bigint NOT NULL,
	"change_id" bigint NOT NULL,
	"outbox_id" bigint,
	CONSTRAINT "sent_events_subscriber_id_change_id_pk" PRIMARY KEY("subscriber_id","change_id")
);
--> statement-breakpoint
CREATE TABLE "sent_papers" (
	"subscriber_id" bigint NOT NULL,
	"paper_id" bigint NOT NULL,
	"outbox_id" bigint,
	CONSTRAINT "sent_papers_subscriber_id_paper_id_pk" PRIMARY KEY("subscriber_id","paper_id")
);
--> statement-breakpoint
CREATE TABLE "subscribers" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "subscribers_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"email" text NOT NULL,
	"email_key" text collate "C" NOT NULL,
	"refusal_count" integer DEFAULT 0 NOT NULL,
	"suppressed_until" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "subscribers_email_key_unique" UNIQUE("email_key")
);
--> statement-breakpoint
CREATE TABLE "subscriptions" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "subscriptions_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"subscriber_id" bigint NOT NULL,
	"state" text NOT NULL,
	"frequency" text NOT NULL,
	"weekday" smallint NOT NULL,
	"time_zone" text NOT NULL,
	"hour" smallint NOT NULL,
	"source" jsonb NOT NULL,
	"source_key" text NOT NULL,
	"size" smallint NOT NULL,
	"empty_days" text NOT NULL,
	"next_at" timestamp with time zone,
	"news_since" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"confirmed_at" timestamp with time zone,
	"ended_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "paper_events" (
	"paper_id" bigint NOT NULL,
	"place" integer NOT NULL,
	"kind" "event_kind" NOT NULL,
	"happened_on" date,
	"precision" date_precision,
	"number" integer,
	"reason" text,
	"notice" text,
	"sources" text[] NOT NULL,
	CONSTRAINT "paper_events_paper_id_place_pk" PRIMARY KEY("paper_id","place")
);
--> statement-breakpoint
CREATE TABLE "catalogue_rules" (
	"id" smallint PRIMARY KEY NOT NULL,
	"excluded_licences" text[] NOT NULL,
	"is_settled" boolean NOT NULL,
	"precedence_version" integer NOT NULL,
	"matching_version" integer DEFAULT 0 NOT NULL,
	"clustering_version" integer DEFAULT 0 NOT NULL,
	"remade_through" bigint,
	"topics_version" integer DEFAULT 0 NOT NULL,
	"topics_through" bigint,
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
	"contexts" text[],
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
CREATE TABLE "former_authorships" (
	"paper_id" bigint NOT NULL,
	"author_id" bigint NOT NULL,
	"position" integer NOT NULL,
	"name" text NOT NULL,
	"identifiers" text[],
	"person" bigint,
	CONSTRAINT "former_authorships_pk" PRIMARY KEY("paper_id","author_id")
);
--> statement-breakpoint
CREATE TABLE "former_ids" (
	"kind" text NOT NULL,
	"key" text collate "C" NOT NULL,
	"id" bigint NOT NULL,
	"kept" jsonb,
	CONSTRAINT "former_ids_kind_key_pk" PRIMARY KEY("kind","key")
);
--> statement-breakpoint
CREATE TABLE "catalogue_identity" (
	"is_only" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "held_readings" (
	"job_id" bigint NOT NULL,
	"type" text NOT NULL,
	"source" text NOT NULL,
	"key" text collate "C" NOT NULL,
	"record" text NOT NULL,
	CONSTRAINT "held_readings_job_id_type_source_key_pk" PRIMARY KEY("job_id","type","source","key")
);
--> statement-breakpoint
CREATE TABLE "import_files" (
	"job_id" bigint NOT NULL,
	"place" integer NOT NULL,
	"name" text NOT NULL,
	"path" text,
	"size_bytes" bigint,
	"modified_at" timestamp with time zone,
	"start_hash" text,
	"read_count" bigint DEFAULT 0 NOT NULL,
	"last_position" bigint,
	"mark" text,
	"bytes_read" bigint DEFAULT 0 NOT NULL,
	"is_done" boolean DEFAULT false NOT NULL,
	CONSTRAINT "import_files_job_id_place_pk" PRIMARY KEY("job_id","place")
);
--> statement-breakpoint
CREATE TABLE "import_jobs" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "import_jobs_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"format" text NOT NULL,
	"input_key" text,
	"state" "import_state" NOT NULL,
	"run_count" integer DEFAULT 1 NOT NULL,
	"read_count" bigint DEFAULT 0 NOT NULL,
	"created_count" bigint DEFAULT 0 NOT NULL,
	"created_paper_count" bigint DEFAULT 0 NOT NULL,
	"updated_count" bigint DEFAULT 0 NOT NULL,
	"merged_count" bigint DEFAULT 0 NOT NULL,
	"unchanged_count" bigint DEFAULT 0 NOT NULL,
	"waiting_count" bigint DEFAULT 0 NOT NULL,
	"rejected_count" bigint DEFAULT 0 NOT NULL,
	"repaired_count" bigint DEFAULT 0 NOT NULL,
	"rejects_path" text,
	"rejects_bytes" bigint DEFAULT 0 NOT NULL,
	"error" text,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "import_rejects" (
	"job_id" bigint NOT NULL,
	"number" integer NOT NULL,
	"file" text NOT NULL,
	"position" bigint NOT NULL,
	"key" text collate "C",
	"reason" text NOT NULL,
	"is_repaired" boolean NOT NULL,
	CONSTRAINT "import_rejects_job_id_number_pk" PRIMARY KEY("job_id","number")
);
--> statement-breakpoint
CREATE TABLE "replaced_readings" (
	"content_hash" text PRIMARY KEY NOT NULL
);
--> statement-breakpoint
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
	"previous_hash" text,
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
CREATE TABLE "scheduled_jobs" (
	"name" text PRIMARY KEY NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"failure" text
);
--> statement-breakpoint
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
CREATE TABLE "paper_links" (
	"paper_id" bigint NOT NULL,
	"place" integer NOT NULL,
	"kind" "link_kind" NOT NULL,
	"url" text NOT NULL,
	"label" text,
	"source" text NOT NULL,
	CONSTRAINT "paper_links_paper_id_place_pk" PRIMARY KEY("paper_id","place")
);
--> statement-breakpoint
CREATE TABLE "paper_open_access" (
	"paper_id" bigint PRIMARY KEY NOT NULL,
	"status" "open_access_status" NOT NULL,
	"url" text,
	"licence" text,
	"version" text_version,
	"source" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "acronyms" (
	"key" text collate "C" NOT NULL,
	"long_query" text collate "C" NOT NULL,
	"paper_count" integer NOT NULL,
	"share" real NOT NULL,
	CONSTRAINT "acronyms_key_long_query_pk" PRIMARY KEY("key","long_query")
);
--> statement-breakpoint
CREATE TABLE "coined_names" (
	"key" text collate "C" NOT NULL,
	"paper_id" bigint NOT NULL,
	"strength" smallint NOT NULL,
	"share" real NOT NULL,
	CONSTRAINT "coined_names_key_paper_id_pk" PRIMARY KEY("key","paper_id")
);
--> statement-breakpoint
CREATE TABLE "naming_changes" (
	"key" text collate "C" PRIMARY KEY NOT NULL
);
--> statement-breakpoint
CREATE TABLE "naming_queue" (
	"paper_id" bigint PRIMARY KEY NOT NULL
);
--> statement-breakpoint
CREATE TABLE "paper_names" (
	"paper_id" bigint NOT NULL,
	"key" text collate "C" NOT NULL,
	"long" text,
	"long_query" text collate "C",
	"strength" smallint NOT NULL,
	CONSTRAINT "paper_names_paper_id_key_pk" PRIMARY KEY("paper_id","key")
);
--> statement-breakpoint
CREATE TABLE "paper_identifiers" (
	"scheme" "identifier_scheme" NOT NULL,
	"value" text collate "C" NOT NULL,
	"paper_id" bigint NOT NULL,
	CONSTRAINT "paper_identifiers_scheme_value_pk" PRIMARY KEY("scheme","value")
);
--> statement-breakpoint
CREATE TABLE "paper_redirects" (
	"id" bigint PRIMARY KEY NOT NULL,
	"paper_id" bigint NOT NULL,
	"merged_at" timestamp with time zone,
	"cause" text,
	"cause_value" text
);
--> statement-breakpoint
CREATE TABLE "papers" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "papers_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"title" text NOT NULL,
	"title_key" text collate "C" NOT NULL,
	"abstract" text,
	"tldr" text,
	"author_summary" text,
	"keyword_text" text,
	"kind" "paper_kind" NOT NULL,
	"published_on" date,
	"published_precision" date_precision,
	"published_sort" date GENERATED ALWAYS AS (coalesce(published_on, '-infinity'::date)) STORED NOT NULL,
	"event_year" smallint,
	"language" text,
	"licence" text,
	"is_retracted" boolean DEFAULT false NOT NULL,
	"venue_id" bigint,
	"publication" jsonb,
	"landing_url" text,
	"pdf_url" text,
	"author_count" integer DEFAULT 0 NOT NULL,
	"has_more_authors" boolean DEFAULT false NOT NULL,
	"stated_citation_count" integer DEFAULT 0 NOT NULL,
	"linked_citation_count" integer DEFAULT 0 NOT NULL,
	"citation_count" integer GENERATED ALWAYS AS (greatest(stated_citation_count, linked_citation_count)) STORED NOT NULL,
	"upvote_count" integer,
	"own_upvote_count" integer DEFAULT 0 NOT NULL,
	"upvotes_sort" integer GENERATED ALWAYS AS (coalesce(upvote_count, 0) + own_upvote_count) STORED NOT NULL,
	"rating_sort" real DEFAULT -1 NOT NULL,
	"appeared_on" date,
	"repository_count" integer DEFAULT 0 NOT NULL,
	"star_count" integer DEFAULT 0 NOT NULL,
	"search" "tsvector" GENERATED ALWAYS AS (setweight(to_tsvector('paperql'::regconfig, search_text(left(title, 2000))), 'A') || setweight(to_tsvector('paperql'::regconfig, search_text(left(coalesce(abstract, ''), 100000))), 'B') || case when keyword_text is null then ''::tsvector else setweight(to_tsvector('paperql'::regconfig, search_text('the ' || replace(left(keyword_text, 5000), E'\n', ' the '))), 'C') end) STORED NOT NULL,
	"title_search" "tsvector" GENERATED ALWAYS AS (to_tsvector('paperql'::regconfig, search_text(left(title, 2000)))) STORED NOT NULL,
	"search_tier" smallint[] GENERATED ALWAYS AS (array[floor(10 * (search_citation_score(greatest(stated_citation_count, linked_citation_count)) + search_freshness_score(published_on)))::smallint]) STORED NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "venues" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "venues_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"slug" text collate "C" NOT NULL,
	"name" text NOT NULL,
	"name_key" text collate "C" NOT NULL,
	"acronym" text,
	"kind" "venue_kind" NOT NULL,
	"paper_count" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "venues_slug_unique" UNIQUE("slug")
);
--> statement-breakpoint
CREATE TABLE "words" (
	"word" text collate "C" PRIMARY KEY NOT NULL,
	"title_count" integer NOT NULL
);
--> statement-breakpoint
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
CREATE TABLE "identity_changes" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "identity_changes_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"kind" text NOT NULL,
	"identifier" text collate "C" NOT NULL,
	"author_id" bigint NOT NULL,
	"other_id" bigint,
	"name" text NOT NULL,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "paper_evidence" (
	"paper_id" bigint PRIMARY KEY NOT NULL,
	"said" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "unsettled_names" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "unsettled_names_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"names" text[] NOT NULL
);
--> statement-breakpoint
CREATE TABLE "author_record_identifiers" (
	"scheme" text NOT NULL,
	"value" text collate "C" NOT NULL,
	"source" text NOT NULL,
	"key" text collate "C" NOT NULL,
	CONSTRAINT "author_record_identifiers_pk" PRIMARY KEY("scheme","value","source","key")
);
--> statement-breakpoint
CREATE TABLE "author_records" (
	"source" text NOT NULL,
	"key" text collate "C" NOT NULL,
	"content_hash" text NOT NULL,
	"previous_hash" text,
	"licence" text,
	"fetched_at" timestamp with time zone DEFAULT now() NOT NULL,
	"record" jsonb NOT NULL,
	CONSTRAINT "author_records_source_key_pk" PRIMARY KEY("source","key")
);
--> statement-breakpoint
CREATE TABLE "topic_records" (
	"source" text NOT NULL,
	"key" text collate "C" NOT NULL,
	"content_hash" text NOT NULL,
	"previous_hash" text,
	"licence" text,
	"fetched_at" timestamp with time zone DEFAULT now() NOT NULL,
	"record" jsonb NOT NULL,
	"slug" text collate "C" NOT NULL,
	CONSTRAINT "topic_records_source_key_pk" PRIMARY KEY("source","key")
);
--> statement-breakpoint
CREATE TABLE "paper_repositories" (
	"paper_id" bigint NOT NULL,
	"repository_id" bigint NOT NULL,
	"is_official" boolean NOT NULL,
	"evidence" "repository_evidence" NOT NULL,
	"source" text NOT NULL,
	"framework" text,
	CONSTRAINT "paper_repositories_paper_id_repository_id_pk" PRIMARY KEY("paper_id","repository_id")
);
--> statement-breakpoint
CREATE TABLE "repositories" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "repositories_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"host" text collate "C" NOT NULL,
	"owner" text collate "C" NOT NULL,
	"name" text collate "C" NOT NULL,
	"url" text NOT NULL,
	"host_id" bigint,
	"description" text,
	"stars" integer,
	"forks" integer,
	"language" text,
	"licence" text,
	"is_archived" boolean DEFAULT false NOT NULL,
	"pushed_at" timestamp with time zone,
	"is_gone" boolean DEFAULT false NOT NULL,
	"checked_at" timestamp with time zone,
	"etag" text,
	"name_key" text GENERATED ALWAYS AS (translate(owner || ' ' || name, '-_./', '    ')) STORED NOT NULL,
	"stars_sort" integer GENERATED ALWAYS AS (coalesce(stars, -1)) STORED NOT NULL,
	"paper_count" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "repositories_host_owner_name_key" UNIQUE("host","owner","name")
);
--> statement-breakpoint
CREATE TABLE "repository_names" (
	"host" text collate "C" NOT NULL,
	"owner" text collate "C" NOT NULL,
	"name" text collate "C" NOT NULL,
	"repository_id" bigint NOT NULL,
	CONSTRAINT "repository_names_host_owner_name_pk" PRIMARY KEY("host","owner","name")
);
--> statement-breakpoint
CREATE TABLE "repository_redirects" (
	"id" bigint PRIMARY KEY NOT NULL,
	"repository_id" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "repository_stars" (
	"repository_id" bigint NOT NULL,
	"observed_on" date NOT NULL,
	"stars" integer NOT NULL,
	"source" text,
	CONSTRAINT "repository_stars_repository_id_observed_on_pk" PRIMARY KEY("repository_id","observed_on")
);
--> statement-breakpoint
CREATE TABLE "saved_queries" (
	"id" text PRIMARY KEY NOT NULL,
	"document" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "search_lexemes" (
	"lexeme" text collate "C" PRIMARY KEY NOT NULL,
	"paper_count" integer NOT NULL,
	"title_count" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "search_statistics" (
	"id" smallint PRIMARY KEY NOT NULL,
	"paper_count" integer NOT NULL,
	"tier_counts" integer[] NOT NULL,
	"refreshed_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "search_words" (
	"word" text collate "C" PRIMARY KEY NOT NULL,
	"lexeme" text collate "C" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "source_records" (
	"source" text NOT NULL,
	"key" text collate "C" NOT NULL,
	"paper_id" bigint,
	"minted_id" bigint,
	"content_hash" text NOT NULL,
	"previous_hash" text,
	"match_hash" bigint,
	"byline_hash" bigint,
	"initials_hash" bigint,
	"entry_hash" uuid,
	"licence" text,
	"listed_on" date,
	"fetched_at" timestamp with time zone DEFAULT now() NOT NULL,
	"record" jsonb NOT NULL,
	CONSTRAINT "source_records_source_key_pk" PRIMARY KEY("source","key")
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
CREATE TABLE "sync_states" (
	"source" text NOT NULL,
	"scope" text NOT NULL,
	"done_until" date NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "sync_states_source_scope_pk" PRIMARY KEY("source","scope")
);
--> statement-breakpoint
CREATE TABLE "paper_topics" (
	"paper_id" bigint NOT NULL,
	"topic_id" bigint NOT NULL,
	"score" real,
	"source" text NOT NULL,
	"published_sort" date NOT NULL,
	CONSTRAINT "paper_topics_paper_id_topic_id_pk" PRIMARY KEY("paper_id","topic_id")
);
--> statement-breakpoint
CREATE TABLE "topics" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "topics_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"slug" text collate "C" NOT NULL,
	"name" text NOT NULL,
	"name_key" text collate "C" NOT NULL,
	"kind" "topic_kind" NOT NULL,
	"parent_id" bigint,
	"paper_count" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "topics_slug_unique" UNIQUE("slug")
);
--> statement-breakpoint
CREATE TABLE "paper_trends" (
	"paper_id" bigint PRIMARY KEY NOT NULL,
	"day" real NOT NULL,
	"week" real NOT NULL,
	"month" real NOT NULL,
	"day_parts" real[],
	"week_parts" real[],
	"month_parts" real[],
	"code_on" date,
	"scored_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "star_jumps" (
	"repository_id" bigint NOT NULL,
	"observed_on" date NOT NULL,
	"days" integer DEFAULT 1 NOT NULL,
	"stars" integer NOT NULL,
	CONSTRAINT "star_jumps_repository_id_observed_on_pk" PRIMARY KEY("repository_id","observed_on")
);
--> statement-breakpoint
CREATE TABLE "trend_marks" (
	"kind" text NOT NULL,
	"ref" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "trend_ranks" (
	"span" text NOT NULL,
	"taken_on" date NOT NULL,
	"paper_id" bigint NOT NULL,
	"score" real NOT NULL,
	CONSTRAINT "trend_ranks_span_taken_on_paper_id_pk" PRIMARY KEY("span","taken_on","paper_id")
);
--> statement-breakpoint
CREATE TABLE "trend_state" (
	"id" smallint PRIMARY KEY NOT NULL,
	"updated_on" date NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"changed_at" timestamp with time zone,
	"constants" text
);
--> statement-breakpoint
CREATE TABLE "trend_usual" (
	"signal" text NOT NULL,
	"topic_id" bigint NOT NULL,
	"month" date NOT NULL,
	"usual" real NOT NULL,
	CONSTRAINT "trend_usual_signal_topic_id_month_pk" PRIMARY KEY("signal","topic_id","month")
);
--> statement-breakpoint
CREATE TABLE "paper_upvotes" (
	"voter" text NOT NULL,
	"paper_id" bigint NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "paper_upvotes_voter_paper_id_pk" PRIMARY KEY("voter","paper_id")
);
--> statement-breakpoint
CREATE TABLE "upvote_readings" (
	"source" text NOT NULL,
	"key" text collate "C" NOT NULL,
	"read_on" date NOT NULL,
	"upvotes" integer NOT NULL,
	CONSTRAINT "upvote_readings_source_key_read_on_pk" PRIMARY KEY("source","key","read_on")
);
--> statement-breakpoint
CREATE TABLE "webhook_messages" (
	"id" text PRIMARY KEY NOT NULL,
	"webhook_id" bigint NOT NULL,
	"change_id" bigint NOT NULL,
	"replay_from" text NOT NULL,
	"type" text NOT NULL,
	"body" text NOT NULL,
	"state" "webhook_message_state" DEFAULT 'pending' NOT NULL,
	"attempts" smallint DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_error" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "webhooks" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "webhooks_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"name" text,
	"url" text NOT NULL,
	"secret" text NOT NULL,
	"former_secret" text,
	"former_secret_until" timestamp with time zone,
	"saved_query_id" text,
	"kinds" "change_kind"[] NOT NULL,
	"state" "webhook_state" DEFAULT 'active' NOT NULL,
	"state_reason" text,
	"cursor" text NOT NULL,
	"dead_in_a_row" integer DEFAULT 0 NOT NULL,
	"last_delivered_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "author_identifiers" ADD CONSTRAINT "author_identifiers_author_id_authors_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."authors"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "authorships" ADD CONSTRAINT "authorships_paper_id_papers_id_fk" FOREIGN KEY ("paper_id") REFERENCES "public"."papers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "authorships" ADD CONSTRAINT "authorships_author_id_authors_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."authors"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contested_author_identifiers" ADD CONSTRAINT "contested_author_identifiers_author_id_authors_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."authors"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "paper_updates" ADD CONSTRAINT "paper_updates_paper_id_papers_id_fk" FOREIGN KEY ("paper_id") REFERENCES "public"."papers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "citation_counts" ADD CONSTRAINT "citation_counts_paper_id_papers_id_fk" FOREIGN KEY ("paper_id") REFERENCES "public"."papers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "citations" ADD CONSTRAINT "citations_citing_id_papers_id_fk" FOREIGN KEY ("citing_id") REFERENCES "public"."papers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "paper_references" ADD CONSTRAINT "paper_references_paper_id_papers_id_fk" FOREIGN KEY ("paper_id") REFERENCES "public"."papers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contested_identifiers" ADD CONSTRAINT "contested_identifiers_paper_id_papers_id_fk" FOREIGN KEY ("paper_id") REFERENCES "public"."papers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "curated_records" ADD CONSTRAINT "curated_records_decision_id_curation_decisions_id_fk" FOREIGN KEY ("decision_id") REFERENCES "public"."curation_decisions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entangled_papers" ADD CONSTRAINT "entangled_papers_paper_id_papers_id_fk" FOREIGN KEY ("paper_id") REFERENCES "public"."papers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "paper_decisions" ADD CONSTRAINT "paper_decisions_paper_id_papers_id_fk" FOREIGN KEY ("paper_id") REFERENCES "public"."papers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "paper_decisions" ADD CONSTRAINT "paper_decisions_venue_id_venues_id_fk" FOREIGN KEY ("venue_id") REFERENCES "public"."venues"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bounces" ADD CONSTRAINT "bounces_subscriber_id_subscribers_id_fk" FOREIGN KEY ("subscriber_id") REFERENCES "public"."subscribers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bounces" ADD CONSTRAINT "bounces_outbox_id_outbox_id_fk" FOREIGN KEY ("outbox_id") REFERENCES "public"."outbox"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outbox" ADD CONSTRAINT "outbox_subscription_id_subscriptions_id_fk" FOREIGN KEY ("subscription_id") REFERENCES "public"."subscriptions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sent_events" ADD CONSTRAINT "sent_events_subscriber_id_subscribers_id_fk" FOREIGN KEY ("subscriber_id") REFERENCES "public"."subscribers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sent_events" ADD CONSTRAINT "sent_events_outbox_id_outbox_id_fk" FOREIGN KEY ("outbox_id") REFERENCES "public"."outbox"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sent_papers" ADD CONSTRAINT "sent_papers_subscriber_id_subscribers_id_fk" FOREIGN KEY ("subscriber_id") REFERENCES "public"."subscribers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sent_papers" ADD CONSTRAINT "sent_papers_outbox_id_outbox_id_fk" FOREIGN KEY ("outbox_id") REFERENCES "public"."outbox"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "subscriptions" ADD CONSTRAINT "subscriptions_subscriber_id_subscribers_id_fk" FOREIGN KEY ("subscriber_id") REFERENCES "public"."subscribers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "paper_events" ADD CONSTRAINT "paper_events_paper_id_papers_id_fk" FOREIGN KEY ("paper_id") REFERENCES "public"."papers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "held_readings" ADD CONSTRAINT "held_readings_job_id_import_jobs_id_fk" FOREIGN KEY ("job_id") REFERENCES "public"."import_jobs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_files" ADD CONSTRAINT "import_files_job_id_import_jobs_id_fk" FOREIGN KEY ("job_id") REFERENCES "public"."import_jobs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_rejects" ADD CONSTRAINT "import_rejects_job_id_import_jobs_id_fk" FOREIGN KEY ("job_id") REFERENCES "public"."import_jobs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "affiliation_institutions" ADD CONSTRAINT "affiliation_institutions_affiliation_id_affiliations_id_fk" FOREIGN KEY ("affiliation_id") REFERENCES "public"."affiliations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "affiliation_institutions" ADD CONSTRAINT "affiliation_institutions_institution_id_institutions_id_fk" FOREIGN KEY ("institution_id") REFERENCES "public"."institutions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "institution_record_names" ADD CONSTRAINT "institution_record_names_record_fk" FOREIGN KEY ("source","key") REFERENCES "public"."institution_records"("source","key") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "paper_affiliations" ADD CONSTRAINT "paper_affiliations_paper_id_papers_id_fk" FOREIGN KEY ("paper_id") REFERENCES "public"."papers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "paper_affiliations" ADD CONSTRAINT "paper_affiliations_affiliation_id_affiliations_id_fk" FOREIGN KEY ("affiliation_id") REFERENCES "public"."affiliations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "paper_institutions" ADD CONSTRAINT "paper_institutions_paper_id_papers_id_fk" FOREIGN KEY ("paper_id") REFERENCES "public"."papers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "paper_institutions" ADD CONSTRAINT "paper_institutions_institution_id_institutions_id_fk" FOREIGN KEY ("institution_id") REFERENCES "public"."institutions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "curated_topics" ADD CONSTRAINT "curated_topics_decision_id_curation_decisions_id_fk" FOREIGN KEY ("decision_id") REFERENCES "public"."curation_decisions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "paper_keywords" ADD CONSTRAINT "paper_keywords_paper_id_papers_id_fk" FOREIGN KEY ("paper_id") REFERENCES "public"."papers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "topic_claims" ADD CONSTRAINT "topic_claims_paper_id_papers_id_fk" FOREIGN KEY ("paper_id") REFERENCES "public"."papers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "topic_keys" ADD CONSTRAINT "topic_keys_topic_id_topics_id_fk" FOREIGN KEY ("topic_id") REFERENCES "public"."topics"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "paper_links" ADD CONSTRAINT "paper_links_paper_id_papers_id_fk" FOREIGN KEY ("paper_id") REFERENCES "public"."papers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "paper_open_access" ADD CONSTRAINT "paper_open_access_paper_id_papers_id_fk" FOREIGN KEY ("paper_id") REFERENCES "public"."papers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "coined_names" ADD CONSTRAINT "coined_names_paper_id_papers_id_fk" FOREIGN KEY ("paper_id") REFERENCES "public"."papers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "naming_queue" ADD CONSTRAINT "naming_queue_paper_id_papers_id_fk" FOREIGN KEY ("paper_id") REFERENCES "public"."papers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "paper_names" ADD CONSTRAINT "paper_names_paper_id_papers_id_fk" FOREIGN KEY ("paper_id") REFERENCES "public"."papers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "paper_identifiers" ADD CONSTRAINT "paper_identifiers_paper_id_papers_id_fk" FOREIGN KEY ("paper_id") REFERENCES "public"."papers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "paper_redirects" ADD CONSTRAINT "paper_redirects_paper_id_papers_id_fk" FOREIGN KEY ("paper_id") REFERENCES "public"."papers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "papers" ADD CONSTRAINT "papers_venue_id_venues_id_fk" FOREIGN KEY ("venue_id") REFERENCES "public"."venues"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contested_people" ADD CONSTRAINT "contested_people_author_id_authors_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."authors"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "curated_authorships" ADD CONSTRAINT "curated_authorships_decision_id_curation_decisions_id_fk" FOREIGN KEY ("decision_id") REFERENCES "public"."curation_decisions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "paper_evidence" ADD CONSTRAINT "paper_evidence_paper_id_papers_id_fk" FOREIGN KEY ("paper_id") REFERENCES "public"."papers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "author_record_identifiers" ADD CONSTRAINT "author_record_identifiers_record_fk" FOREIGN KEY ("source","key") REFERENCES "public"."author_records"("source","key") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "paper_repositories" ADD CONSTRAINT "paper_repositories_paper_id_papers_id_fk" FOREIGN KEY ("paper_id") REFERENCES "public"."papers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "paper_repositories" ADD CONSTRAINT "paper_repositories_repository_id_repositories_id_fk" FOREIGN KEY ("repository_id") REFERENCES "public"."repositories"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "repository_names" ADD CONSTRAINT "repository_names_repository_id_repositories_id_fk" FOREIGN KEY ("repository_id") REFERENCES "public"."repositories"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "repository_redirects" ADD CONSTRAINT "repository_redirects_repository_id_repositories_id_fk" FOREIGN KEY ("repository_id") REFERENCES "public"."repositories"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "repository_stars" ADD CONSTRAINT "repository_stars_repository_id_repositories_id_fk" FOREIGN KEY ("repository_id") REFERENCES "public"."repositories"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "source_records" ADD CONSTRAINT "source_records_paper_id_papers_id_fk" FOREIGN KEY ("paper_id") REFERENCES "public"."papers"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waiting_identifiers" ADD CONSTRAINT "waiting_identifiers_record_fk" FOREIGN KEY ("source","key") REFERENCES "public"."source_records"("source","key") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "paper_topics" ADD CONSTRAINT "paper_topics_paper_id_papers_id_fk" FOREIGN KEY ("paper_id") REFERENCES "public"."papers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "paper_topics" ADD CONSTRAINT "paper_topics_topic_id_topics_id_fk" FOREIGN KEY ("topic_id") REFERENCES "public"."topics"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "paper_trends" ADD CONSTRAINT "paper_trends_paper_id_papers_id_fk" FOREIGN KEY ("paper_id") REFERENCES "public"."papers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "star_jumps" ADD CONSTRAINT "star_jumps_repository_id_repositories_id_fk" FOREIGN KEY ("repository_id") REFERENCES "public"."repositories"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "trend_ranks" ADD CONSTRAINT "trend_ranks_paper_id_papers_id_fk" FOREIGN KEY ("paper_id") REFERENCES "public"."papers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_messages" ADD CONSTRAINT "webhook_messages_webhook_id_webhooks_id_fk" FOREIGN KEY ("webhook_id") REFERENCES "public"."webhooks"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhooks" ADD CONSTRAINT "webhooks_saved_query_id_saved_queries_id_fk" FOREIGN KEY ("saved_query_id") REFERENCES "public"."saved_queries"("id") ON DELETE restrict ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "sign_ins_due_idx" ON "sign_ins" USING btree ("try_at") WHERE state in ('due', 'sending');--> statement-breakpoint
CREATE INDEX "author_identifiers_author_idx" ON "author_identifiers" USING btree ("author_id");--> statement-breakpoint
CREATE INDEX "author_redirects_author_idx" ON "author_redirects" USING btree ("author_id");--> statement-breakpoint
CREATE INDEX "authors_name_key_idx" ON "authors" USING btree ("name_key","id");--> statement-breakpoint
CREATE INDEX "authors_name_trgm_idx" ON "authors" USING gin ((name_key || other_names) gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "authors_paper_count_idx" ON "authors" USING btree ("paper_count","id","name_key");--> statement-breakpoint
CREATE INDEX "authors_words_idx" ON "authors" USING gin (key_vector(name_key || other_names));--> statement-breakpoint
CREATE INDEX "authors_other_names_idx" ON "authors" USING gin (key_vector(other_names)) WHERE other_names <> '';--> statement-breakpoint
CREATE INDEX "authors_name_block_idx" ON "authors" USING btree ((split_part(name_key, ' ', -1) || ' ' || left(name_key, 1)),"paper_count","id");--> statement-breakpoint
CREATE INDEX "authorships_author_published_idx" ON "authorships" USING btree ("author_id","published_sort","paper_id");--> statement-breakpoint
CREATE INDEX "authorships_name_block_idx" ON "authorships" USING btree ("name_block") WHERE name_block <> '';--> statement-breakpoint
CREATE INDEX "authorships_affiliation_words_idx" ON "authorships" USING gin (key_vector(regexp_replace(lower(left(affiliation, 500)), '[^[:alnum:]]+', ' ', 'g'))) WHERE affiliation is not null;--> statement-breakpoint
CREATE INDEX "contested_author_identifiers_author_idx" ON "contested_author_identifiers" USING btree ("author_id");--> statement-breakpoint
CREATE INDEX "changes_paper_idx" ON "changes" USING btree ("paper_id","id");--> statement-breakpoint
CREATE INDEX "changes_kind_idx" ON "changes" USING btree ("kind","id");--> statement-breakpoint
CREATE INDEX "paper_updates_time_idx" ON "paper_updates" USING btree ("updated_at","paper_id");--> statement-breakpoint
CREATE INDEX "citation_edges_cited_idx" ON "citation_edges" USING btree ("cited_scheme","cited_value");--> statement-breakpoint
CREATE INDEX "citations_cited_published_idx" ON "citations" USING btree ("cited_id","published_sort","citing_id");--> statement-breakpoint
CREATE INDEX "paper_references_identifier_idx" ON "paper_references" USING btree ("scheme","value");--> statement-breakpoint
CREATE INDEX "contested_identifiers_paper_idx" ON "contested_identifiers" USING btree ("paper_id");--> statement-breakpoint
CREATE INDEX "curated_records_decision_idx" ON "curated_records" USING btree ("decision_id");--> statement-breakpoint
CREATE INDEX "entangled_papers_tangle_idx" ON "entangled_papers" USING btree ("tangle");--> statement-breakpoint
CREATE INDEX "paper_decisions_venue_idx" ON "paper_decisions" USING btree ("venue_id","year","paper_id");--> statement-breakpoint
CREATE INDEX "paper_decisions_presentation_idx" ON "paper_decisions" USING btree ("presentation","paper_id");--> statement-breakpoint
CREATE INDEX "paper_decisions_outcome_idx" ON "paper_decisions" USING btree ("outcome","paper_id");--> statement-breakpoint
CREATE INDEX "paper_decisions_awarded_idx" ON "paper_decisions" USING btree ("paper_id") WHERE is_awarded;--> statement-breakpoint
CREATE INDEX "paper_decisions_awards_idx" ON "paper_decisions" USING gin ("awards");--> statement-breakpoint
CREATE INDEX "paper_decisions_session_idx" ON "paper_decisions" USING btree (lower(session),"paper_id");--> statement-breakpoint
CREATE INDEX "paper_decisions_area_idx" ON "paper_decisions" USING btree (lower(area),"paper_id");--> statement-breakpoint
CREATE INDEX "paper_decisions_award_words_idx" ON "paper_decisions" USING gin (key_vector(regexp_replace(lower(award), '[^[:alnum:]]+', ' ', 'g'))) WHERE award is not null;--> statement-breakpoint
CREATE INDEX "paper_decisions_session_words_idx" ON "paper_decisions" USING gin (key_vector(regexp_replace(lower(session), '[^[:alnum:]]+', ' ', 'g'))) WHERE session is not null;--> statement-breakpoint
CREATE INDEX "paper_decisions_area_words_idx" ON "paper_decisions" USING gin (key_vector(regexp_replace(lower(area), '[^[:alnum:]]+', ' ', 'g'))) WHERE area is not null;--> statement-breakpoint
CREATE INDEX "paper_decisions_rating_idx" ON "paper_decisions" USING btree ("rating_mean","paper_id");--> statement-breakpoint
CREATE INDEX "outbox_open_idx" ON "outbox" USING btree ("try_at") WHERE state in ('due', 'ready', 'sending', 'deferred');--> statement-breakpoint
CREATE INDEX "sent_events_outbox_idx" ON "sent_events" USING btree ("outbox_id");--> statement-breakpoint
CREATE INDEX "sent_papers_outbox_idx" ON "sent_papers" USING btree ("outbox_id");--> statement-breakpoint
CREATE INDEX "subscriptions_subscriber_idx" ON "subscriptions" USING btree ("subscriber_id");--> statement-breakpoint
CREATE INDEX "subscriptions_source_idx" ON "subscriptions" USING btree ("source_key") WHERE state = 'active';--> statement-breakpoint
CREATE INDEX "subscriptions_next_idx" ON "subscriptions" USING btree ("next_at") WHERE state = 'active';--> statement-breakpoint
CREATE INDEX "paper_events_kind_idx" ON "paper_events" USING btree ("kind","paper_id");--> statement-breakpoint
CREATE INDEX "hidden_records_licence_idx" ON "hidden_records" USING btree ("licence","source","key");--> statement-breakpoint
CREATE INDEX "former_authorships_author_idx" ON "former_authorships" USING btree ("author_id");--> statement-breakpoint
CREATE INDEX "former_ids_id_idx" ON "former_ids" USING btree ("kind","id");--> statement-breakpoint
CREATE INDEX "import_jobs_input_idx" ON "import_jobs" USING btree ("input_key","id");--> statement-breakpoint
CREATE INDEX "affiliation_institutions_institution_idx" ON "affiliation_institutions" USING btree ("institution_id");--> statement-breakpoint
CREATE INDEX "affiliations_keys_idx" ON "affiliations" USING gin ("keys");--> statement-breakpoint
CREATE INDEX "affiliations_name_key_idx" ON "affiliations" USING btree ("name_key") WHERE name_key is not null;--> statement-breakpoint
CREATE INDEX "affiliations_ror_idx" ON "affiliations" USING btree ("ror") WHERE ror is not null;--> statement-breakpoint
CREATE INDEX "affiliations_words_idx" ON "affiliations" USING gin (key_vector(regexp_replace(lower(left(name, 500)), '[^[:alnum:]]+', ' ', 'g'))) WHERE not is_claim;--> statement-breakpoint
CREATE INDEX "institution_record_names_record_idx" ON "institution_record_names" USING btree ("source","key");--> statement-breakpoint
CREATE INDEX "institution_records_ror_idx" ON "institution_records" USING btree ("ror","source","key");--> statement-breakpoint
CREATE UNIQUE INDEX "institutions_ror_key" ON "institutions" USING btree ("ror");--> statement-breakpoint
CREATE INDEX "institutions_name_key_idx" ON "institutions" USING btree ("name_key","id");--> statement-breakpoint
CREATE INDEX "institutions_paper_count_idx" ON "institutions" USING btree ("paper_count","id");--> statement-breakpoint
CREATE INDEX "institutions_name_keys_idx" ON "institutions" USING gin ("name_keys");--> statement-breakpoint
CREATE INDEX "institutions_words_idx" ON "institutions" USING gin (keys_vector(name_keys || short_keys));--> statement-breakpoint
CREATE INDEX "institutions_short_keys_idx" ON "institutions" USING gin ("short_keys");--> statement-breakpoint
CREATE INDEX "paper_affiliations_affiliation_idx" ON "paper_affiliations" USING btree ("affiliation_id");--> statement-breakpoint
CREATE INDEX "paper_institutions_institution_idx" ON "paper_institutions" USING btree ("institution_id","published_sort","paper_id");--> statement-breakpoint
CREATE INDEX "curated_topics_decision_idx" ON "curated_topics" USING btree ("decision_id");--> statement-breakpoint
CREATE INDEX "paper_keywords_slug_idx" ON "paper_keywords" USING btree ("slug","paper_id");--> statement-breakpoint
CREATE INDEX "paper_keywords_key_idx" ON "paper_keywords" USING btree ("key","paper_id");--> statement-breakpoint
CREATE INDEX "paper_keywords_acronym_idx" ON "paper_keywords" USING btree ("acronym","key");--> statement-breakpoint
CREATE INDEX "topic_claims_key_idx" ON "topic_claims" USING btree ("key","paper_id");--> statement-breakpoint
CREATE INDEX "topic_keys_topic_idx" ON "topic_keys" USING btree ("topic_id");--> statement-breakpoint
CREATE INDEX "topic_keys_root_idx" ON "topic_keys" USING btree ("root_key");--> statement-breakpoint
CREATE INDEX "paper_links_kind_idx" ON "paper_links" USING btree ("kind","paper_id");--> statement-breakpoint
CREATE INDEX "paper_open_access_status_idx" ON "paper_open_access" USING btree ("status","paper_id");--> statement-breakpoint
CREATE INDEX "acronyms_long_query_idx" ON "acronyms" USING btree ("long_query");--> statement-breakpoint
CREATE INDEX "acronyms_usual_idx" ON "acronyms" USING btree ("key","long_query") WHERE paper_count >= 3 and share >= 0.5;--> statement-breakpoint
CREATE INDEX "coined_names_paper_idx" ON "coined_names" USING btree ("paper_id");--> statement-breakpoint
CREATE INDEX "paper_names_key_idx" ON "paper_names" USING btree ("key","strength");--> statement-breakpoint
CREATE INDEX "paper_identifiers_paper_idx" ON "paper_identifiers" USING btree ("paper_id");--> statement-breakpoint
CREATE INDEX "paper_redirects_paper_idx" ON "paper_redirects" USING btree ("paper_id");--> statement-breakpoint
CREATE INDEX "papers_published_idx" ON "papers" USING btree ("published_sort","id");--> statement-breakpoint
CREATE INDEX "papers_published_with_code_idx" ON "papers" USING btree ("published_sort","id") WHERE repository_count > 0;--> statement-breakpoint
CREATE INDEX "papers_citations_idx" ON "papers" USING btree ("citation_count","id","title_key");--> statement-breakpoint
CREATE INDEX "papers_facets_idx" ON "papers" USING btree ("id","published_sort","venue_id","kind","repository_count","citation_count","star_count","language");--> statement-breakpoint
CREATE INDEX "papers_stars_idx" ON "papers" USING btree ("star_count","id");--> statement-breakpoint
CREATE INDEX "papers_upvotes_idx" ON "papers" USING btree ("upvotes_sort","id");--> statement-breakpoint
CREATE INDEX "papers_rating_idx" ON "papers" USING btree ("rating_sort","id");--> statement-breakpoint
CREATE INDEX "papers_appeared_idx" ON "papers" USING btree ("appeared_on","id") WHERE appeared_on is not null;--> statement-breakpoint
CREATE INDEX "papers_created_idx" ON "papers" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "papers_title_key_idx" ON "papers" USING btree ("title_key","id");--> statement-breakpoint
CREATE INDEX "papers_title_words_idx" ON "papers" USING gin (key_vector(title_key));--> statement-breakpoint
CREATE INDEX "papers_venue_idx" ON "papers" USING btree ("venue_id","published_sort","id");--> statement-breakpoint
CREATE INDEX "papers_search_idx" ON "papers" USING gin ("search","search_tier");--> statement-breakpoint
CREATE INDEX "papers_title_search_idx" ON "papers" USING gin ("title_search","search_tier");--> statement-breakpoint
CREATE INDEX "venues_name_key_idx" ON "venues" USING btree ("name_key","id");--> statement-breakpoint
CREATE INDEX "venues_paper_count_idx" ON "venues" USING btree ("paper_count","id");--> statement-breakpoint
CREATE INDEX "venues_words_idx" ON "venues" USING gin (key_vector(name_key || ' ' || lower(left(coalesce(acronym, ''), 100))));--> statement-breakpoint
CREATE INDEX "contested_people_author_idx" ON "contested_people" USING btree ("author_id");--> statement-breakpoint
CREATE INDEX "curated_authorships_decision_idx" ON "curated_authorships" USING btree ("decision_id");--> statement-breakpoint
CREATE INDEX "identity_changes_author_idx" ON "identity_changes" USING btree ("author_id");--> statement-breakpoint
CREATE INDEX "identity_changes_other_idx" ON "identity_changes" USING btree ("other_id");--> statement-breakpoint
CREATE INDEX "identity_changes_changed_idx" ON "identity_changes" USING btree ("changed_at");--> statement-breakpoint
CREATE INDEX "author_record_identifiers_record_idx" ON "author_record_identifiers" USING btree ("source","key");--> statement-breakpoint
CREATE INDEX "topic_records_slug_idx" ON "topic_records" USING btree ("slug","source","key");--> statement-breakpoint
CREATE INDEX "paper_repositories_repository_idx" ON "paper_repositories" USING btree ("repository_id","paper_id");--> statement-breakpoint
CREATE INDEX "repositories_host_id_idx" ON "repositories" USING btree ("host","host_id") WHERE host_id is not null;--> statement-breakpoint
CREATE INDEX "repositories_name_idx" ON "repositories" USING btree ("name","id");--> statement-breakpoint
CREATE INDEX "repositories_stars_idx" ON "repositories" USING btree ("stars_sort","id","name_key");--> statement-breakpoint
CREATE INDEX "repositories_paper_count_idx" ON "repositories" USING btree ("paper_count","id");--> statement-breakpoint
CREATE INDEX "repositories_words_idx" ON "repositories" USING gin (key_vector(owner || ' ' || name));--> statement-breakpoint
CREATE INDEX "repositories_language_idx" ON "repositories" USING btree (lower(language));--> statement-breakpoint
CREATE INDEX "repository_names_repository_idx" ON "repository_names" USING btree ("repository_id");--> statement-breakpoint
CREATE INDEX "repository_redirects_repository_idx" ON "repository_redirects" USING btree ("repository_id");--> statement-breakpoint
CREATE INDEX "search_words_trgm_idx" ON "search_words" USING gin (word gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "source_records_paper_idx" ON "source_records" USING btree ("paper_id");--> statement-breakpoint
CREATE INDEX "source_records_match_idx" ON "source_records" USING btree ("match_hash");--> statement-breakpoint
CREATE INDEX "source_records_byline_idx" ON "source_records" USING btree ("byline_hash");--> statement-breakpoint
CREATE INDEX "source_records_initials_idx" ON "source_records" USING btree ("initials_hash");--> statement-breakpoint
CREATE INDEX "source_records_entry_idx" ON "source_records" USING btree ("entry_hash");--> statement-breakpoint
CREATE INDEX "source_records_listed_idx" ON "source_records" USING btree ("listed_on","paper_id") WHERE listed_on is not null;--> statement-breakpoint
CREATE INDEX "source_records_versions_idx" ON "source_records" USING gin ((record->'versions') jsonb_path_ops) WHERE record ? 'versions';--> statement-breakpoint
CREATE INDEX "source_records_origin_idx" ON "source_records" USING btree ("source","licence","paper_id");--> statement-breakpoint
CREATE INDEX "waiting_identifiers_record_idx" ON "waiting_identifiers" USING btree ("source","key");--> statement-breakpoint
CREATE INDEX "paper_topics_topic_idx" ON "paper_topics" USING btree ("topic_id","published_sort","paper_id");--> statement-breakpoint
CREATE INDEX "topics_name_key_idx" ON "topics" USING btree ("name_key","id");--> statement-breakpoint
CREATE INDEX "topics_paper_count_idx" ON "topics" USING btree ("paper_count","id","name_key");--> statement-breakpoint
CREATE INDEX "topics_words_idx" ON "topics" USING gin (key_vector(name_key));--> statement-breakpoint
CREATE INDEX "topics_parent_idx" ON "topics" USING btree ("parent_id");--> statement-breakpoint
CREATE INDEX "paper_trends_day_idx" ON "paper_trends" USING btree ("day","paper_id");--> statement-breakpoint
CREATE INDEX "paper_trends_week_idx" ON "paper_trends" USING btree ("week","paper_id");--> statement-breakpoint
CREATE INDEX "paper_trends_month_idx" ON "paper_trends" USING btree ("month","paper_id");--> statement-breakpoint
CREATE INDEX "star_jumps_day_idx" ON "star_jumps" USING btree ("observed_on","stars");--> statement-breakpoint
CREATE INDEX "trend_ranks_score_idx" ON "trend_ranks" USING btree ("span","taken_on","score");--> statement-breakpoint
CREATE INDEX "trend_ranks_paper_idx" ON "trend_ranks" USING btree ("paper_id");--> statement-breakpoint
CREATE INDEX "paper_upvotes_paper_idx" ON "paper_upvotes" USING btree ("paper_id");--> statement-breakpoint
CREATE INDEX "webhook_messages_due_idx" ON "webhook_messages" USING btree ("webhook_id","next_attempt_at") WHERE state = 'pending';--> statement-breakpoint
CREATE INDEX "webhook_messages_list_idx" ON "webhook_messages" USING btree ("webhook_id","state","change_id");--> statement-breakpoint
CREATE INDEX "webhook_messages_finished_idx" ON "webhook_messages" USING btree ("finished_at");--> statement-breakpoint
CREATE INDEX "webhooks_created_idx" ON "webhooks" USING btree ("created_at","id");--> statement-breakpoint
-- A word that is in no list of common ones is taken for half as frequent as the rarest of them. With the usual 1,000 entries that is
-- 0.5% of all papers, which made a search for a word of no paper read the text of every paper by date.
ALTER TABLE "papers" ALTER COLUMN "search" SET STATISTICS 1000;
--> statement-breakpoint
INSERT INTO "catalogue_rules" ("id", "excluded_licences", "is_settled", "precedence_version", "matching_version")
VALUES (1, '{}', true, 0, 0);
--> statement-breakpoint
INSERT INTO "change_log" ("id", "epoch") VALUES (1, replace(gen_random_uuid()::text, '-', ''));
