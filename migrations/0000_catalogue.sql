CREATE TYPE "public"."import_state" AS ENUM('running', 'stopped', 'failed', 'done');--> statement-breakpoint
CREATE TYPE "public"."date_precision" AS ENUM('year', 'month', 'day');--> statement-breakpoint
CREATE TYPE "public"."identifier_scheme" AS ENUM('doi', 'arxiv', 'openalex', 's2', 'corpusid', 'pmid', 'pmcid', 'acl', 'dblp', 'openreview', 'pmlr', 'neurips', 'pwc', 'hf');--> statement-breakpoint
CREATE TYPE "public"."paper_kind" AS ENUM('conference_paper', 'journal_article', 'preprint', 'workshop_paper', 'demo', 'book', 'chapter', 'thesis', 'report', 'other');--> statement-breakpoint
CREATE TYPE "public"."topic_kind" AS ENUM('category', 'task', 'method', 'field', 'keyword');--> statement-breakpoint
CREATE TYPE "public"."venue_kind" AS ENUM('conference', 'journal', 'workshop', 'repository', 'other');--> statement-breakpoint
CREATE TYPE "public"."repository_evidence" AS ENUM('in_paper', 'in_readme', 'curated', 'heuristic');--> statement-breakpoint
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
CREATE TABLE "catalogue_rules" (
	"id" smallint PRIMARY KEY NOT NULL,
	"excluded_licences" text[] NOT NULL,
	"is_settled" boolean NOT NULL,
	"precedence_version" integer NOT NULL,
	"matching_version" integer DEFAULT 0 NOT NULL,
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
CREATE TABLE "author_identifiers" (
	"scheme" text NOT NULL,
	"value" text collate "C" NOT NULL,
	"author_id" bigint NOT NULL,
	CONSTRAINT "author_identifiers_scheme_value_pk" PRIMARY KEY("scheme","value")
);
--> statement-breakpoint
CREATE TABLE "author_redirects" (
	"id" bigint PRIMARY KEY NOT NULL,
	"author_id" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "authors" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "authors_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"name" text NOT NULL,
	"name_key" text collate "C" NOT NULL,
	"paper_count" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "authorships" (
	"paper_id" bigint NOT NULL,
	"position" integer NOT NULL,
	"author_id" bigint NOT NULL,
	"name" text NOT NULL,
	"affiliation" text,
	"identifiers" text[],
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
CREATE TABLE "paper_topics" (
	"paper_id" bigint NOT NULL,
	"topic_id" bigint NOT NULL,
	"score" real,
	"source" text NOT NULL,
	"published_sort" date NOT NULL,
	CONSTRAINT "paper_topics_paper_id_topic_id_pk" PRIMARY KEY("paper_id","topic_id")
);
--> statement-breakpoint
CREATE TABLE "papers" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "papers_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"title" text NOT NULL,
	"title_key" text collate "C" NOT NULL,
	"abstract" text,
	"tldr" text,
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
	"stated_citation_count" integer DEFAULT 0 NOT NULL,
	"linked_citation_count" integer DEFAULT 0 NOT NULL,
	"citation_count" integer GENERATED ALWAYS AS (greatest(stated_citation_count, linked_citation_count)) STORED NOT NULL,
	"upvote_count" integer,
	"repository_count" integer DEFAULT 0 NOT NULL,
	"star_count" integer DEFAULT 0 NOT NULL,
	"search" "tsvector" GENERATED ALWAYS AS (setweight(to_tsvector('paperql'::regconfig, search_text(left(title, 2000))), 'A') || setweight(to_tsvector('paperql'::regconfig, search_text(left(coalesce(abstract, ''), 100000))), 'B')) STORED NOT NULL,
	"title_search" "tsvector" GENERATED ALWAYS AS (to_tsvector('paperql'::regconfig, search_text(left(title, 2000)))) STORED NOT NULL,
	"search_tier" smallint[] GENERATED ALWAYS AS (array[floor(10 * (search_citation_score(greatest(stated_citation_count, linked_citation_count)) + search_freshness_score(published_on)))::smallint]) STORED NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
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
	CONSTRAINT "repository_stars_repository_id_observed_on_pk" PRIMARY KEY("repository_id","observed_on")
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
ALTER TABLE "citation_counts" ADD CONSTRAINT "citation_counts_paper_id_papers_id_fk" FOREIGN KEY ("paper_id") REFERENCES "public"."papers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "citations" ADD CONSTRAINT "citations_citing_id_papers_id_fk" FOREIGN KEY ("citing_id") REFERENCES "public"."papers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "paper_references" ADD CONSTRAINT "paper_references_paper_id_papers_id_fk" FOREIGN KEY ("paper_id") REFERENCES "public"."papers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contested_identifiers" ADD CONSTRAINT "contested_identifiers_paper_id_papers_id_fk" FOREIGN KEY ("paper_id") REFERENCES "public"."papers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "curated_records" ADD CONSTRAINT "curated_records_decision_id_curation_decisions_id_fk" FOREIGN KEY ("decision_id") REFERENCES "public"."curation_decisions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entangled_papers" ADD CONSTRAINT "entangled_papers_paper_id_papers_id_fk" FOREIGN KEY ("paper_id") REFERENCES "public"."papers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_files" ADD CONSTRAINT "import_files_job_id_import_jobs_id_fk" FOREIGN KEY ("job_id") REFERENCES "public"."import_jobs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_rejects" ADD CONSTRAINT "import_rejects_job_id_import_jobs_id_fk" FOREIGN KEY ("job_id") REFERENCES "public"."import_jobs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "author_identifiers" ADD CONSTRAINT "author_identifiers_author_id_authors_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."authors"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "author_redirects" ADD CONSTRAINT "author_redirects_author_id_authors_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."authors"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "authorships" ADD CONSTRAINT "authorships_paper_id_papers_id_fk" FOREIGN KEY ("paper_id") REFERENCES "public"."papers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "authorships" ADD CONSTRAINT "authorships_author_id_authors_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."authors"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contested_author_identifiers" ADD CONSTRAINT "contested_author_identifiers_author_id_authors_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."authors"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "paper_identifiers" ADD CONSTRAINT "paper_identifiers_paper_id_papers_id_fk" FOREIGN KEY ("paper_id") REFERENCES "public"."papers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "paper_redirects" ADD CONSTRAINT "paper_redirects_paper_id_papers_id_fk" FOREIGN KEY ("paper_id") REFERENCES "public"."papers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "paper_topics" ADD CONSTRAINT "paper_topics_paper_id_papers_id_fk" FOREIGN KEY ("paper_id") REFERENCES "public"."papers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "paper_topics" ADD CONSTRAINT "paper_topics_topic_id_topics_id_fk" FOREIGN KEY ("topic_id") REFERENCES "public"."topics"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "papers" ADD CONSTRAINT "papers_venue_id_venues_id_fk" FOREIGN KEY ("venue_id") REFERENCES "public"."venues"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "author_record_identifiers" ADD CONSTRAINT "author_record_identifiers_record_fk" FOREIGN KEY ("source","key") REFERENCES "public"."author_records"("source","key") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "paper_repositories" ADD CONSTRAINT "paper_repositories_paper_id_papers_id_fk" FOREIGN KEY ("paper_id") REFERENCES "public"."papers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "paper_repositories" ADD CONSTRAINT "paper_repositories_repository_id_repositories_id_fk" FOREIGN KEY ("repository_id") REFERENCES "public"."repositories"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "repository_names" ADD CONSTRAINT "repository_names_repository_id_repositories_id_fk" FOREIGN KEY ("repository_id") REFERENCES "public"."repositories"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "repository_redirects" ADD CONSTRAINT "repository_redirects_repository_id_repositories_id_fk" FOREIGN KEY ("repository_id") REFERENCES "public"."repositories"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "repository_stars" ADD CONSTRAINT "repository_stars_repository_id_repositories_id_fk" FOREIGN KEY ("repository_id") REFERENCES "public"."repositories"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "source_records" ADD CONSTRAINT "source_records_paper_id_papers_id_fk" FOREIGN KEY ("paper_id") REFERENCES "public"."papers"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waiting_identifiers" ADD CONSTRAINT "waiting_identifiers_record_fk" FOREIGN KEY ("source","key") REFERENCES "public"."source_records"("source","key") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "citation_edges_cited_idx" ON "citation_edges" USING btree ("cited_scheme","cited_value");--> statement-breakpoint
CREATE INDEX "citations_cited_published_idx" ON "citations" USING btree ("cited_id","published_sort","citing_id");--> statement-breakpoint
CREATE INDEX "paper_references_identifier_idx" ON "paper_references" USING btree ("scheme","value");--> statement-breakpoint
CREATE INDEX "contested_identifiers_paper_idx" ON "contested_identifiers" USING btree ("paper_id");--> statement-breakpoint
CREATE INDEX "curated_records_decision_idx" ON "curated_records" USING btree ("decision_id");--> statement-breakpoint
CREATE INDEX "entangled_papers_tangle_idx" ON "entangled_papers" USING btree ("tangle");--> statement-breakpoint
CREATE INDEX "hidden_records_licence_idx" ON "hidden_records" USING btree ("licence","source","key");--> statement-breakpoint
CREATE INDEX "import_jobs_input_idx" ON "import_jobs" USING btree ("input_key","id");--> statement-breakpoint
CREATE INDEX "author_identifiers_author_idx" ON "author_identifiers" USING btree ("author_id");--> statement-breakpoint
CREATE INDEX "author_redirects_author_idx" ON "author_redirects" USING btree ("author_id");--> statement-breakpoint
CREATE INDEX "authors_name_key_idx" ON "authors" USING btree ("name_key","id");--> statement-breakpoint
CREATE INDEX "authors_name_trgm_idx" ON "authors" USING gin (name_key gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "authors_paper_count_idx" ON "authors" USING btree ("paper_count","id","name_key");--> statement-breakpoint
CREATE INDEX "authors_words_idx" ON "authors" USING gin (key_vector(name_key));--> statement-breakpoint
CREATE INDEX "authorships_author_published_idx" ON "authorships" USING btree ("author_id","published_sort","paper_id");--> statement-breakpoint
CREATE INDEX "contested_author_identifiers_author_idx" ON "contested_author_identifiers" USING btree ("author_id");--> statement-breakpoint
CREATE INDEX "paper_identifiers_paper_idx" ON "paper_identifiers" USING btree ("paper_id");--> statement-breakpoint
CREATE INDEX "paper_redirects_paper_idx" ON "paper_redirects" USING btree ("paper_id");--> statement-breakpoint
CREATE INDEX "paper_topics_topic_idx" ON "paper_topics" USING btree ("topic_id","published_sort","paper_id");--> statement-breakpoint
CREATE INDEX "papers_published_idx" ON "papers" USING btree ("published_sort","id");--> statement-breakpoint
CREATE INDEX "papers_published_with_code_idx" ON "papers" USING btree ("published_sort","id") WHERE repository_count > 0;--> statement-breakpoint
CREATE INDEX "papers_citations_idx" ON "papers" USING btree ("citation_count","id","title_key");--> statement-breakpoint
CREATE INDEX "papers_facets_idx" ON "papers" USING btree ("id","published_sort","venue_id","kind","repository_count","citation_count","star_count");--> statement-breakpoint
CREATE INDEX "papers_stars_idx" ON "papers" USING btree ("star_count","id");--> statement-breakpoint
CREATE INDEX "papers_created_idx" ON "papers" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "papers_title_key_idx" ON "papers" USING btree ("title_key","id");--> statement-breakpoint
CREATE INDEX "papers_title_words_idx" ON "papers" USING gin (key_vector(title_key));--> statement-breakpoint
CREATE INDEX "papers_venue_idx" ON "papers" USING btree ("venue_id","published_sort","id");--> statement-breakpoint
CREATE INDEX "papers_search_idx" ON "papers" USING gin ("search","search_tier");--> statement-breakpoint
CREATE INDEX "papers_title_search_idx" ON "papers" USING gin ("title_search","search_tier");--> statement-breakpoint
CREATE INDEX "topics_name_key_idx" ON "topics" USING btree ("name_key","id");--> statement-breakpoint
CREATE INDEX "topics_paper_count_idx" ON "topics" USING btree ("paper_count","id","name_key");--> statement-breakpoint
CREATE INDEX "topics_words_idx" ON "topics" USING gin (key_vector(name_key));--> statement-breakpoint
CREATE INDEX "topics_parent_idx" ON "topics" USING btree ("parent_id");--> statement-breakpoint
CREATE INDEX "venues_name_key_idx" ON "venues" USING btree ("name_key","id");--> statement-breakpoint
CREATE INDEX "venues_paper_count_idx" ON "venues" USING btree ("paper_count","id");--> statement-breakpoint
CREATE INDEX "venues_words_idx" ON "venues" USING gin (key_vector(name_key || ' ' || lower(left(coalesce(acronym, ''), 100))));--> statement-breakpoint
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
-- A word that is in no list of common ones is taken for half as frequent as the rarest of them. With the usual 1,000 entries that is
-- 0.5% of all papers, which made a search for a word of no paper read the text of every paper by date.
ALTER TABLE "papers" ALTER COLUMN "search" SET STATISTICS 1000;
--> statement-breakpoint
INSERT INTO "catalogue_rules" ("id", "excluded_licences", "is_settled", "precedence_version", "matching_version", "remade_through")
VALUES (1, '{}', true, 0, 0, 0);
