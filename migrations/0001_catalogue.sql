CREATE TYPE "public"."date_precision" AS ENUM('year', 'month', 'day');--> statement-breakpoint
CREATE TYPE "public"."identifier_scheme" AS ENUM('doi', 'arxiv', 'openalex', 's2', 'corpusid', 'pmid', 'pmcid', 'acl', 'dblp', 'openreview', 'pmlr', 'neurips', 'pwc', 'hf');--> statement-breakpoint
CREATE TYPE "public"."paper_kind" AS ENUM('conference_paper', 'journal_article', 'preprint', 'workshop_paper', 'demo', 'book', 'thesis', 'report', 'other');--> statement-breakpoint
CREATE TYPE "public"."repository_evidence" AS ENUM('in_paper', 'in_readme', 'curated', 'heuristic');--> statement-breakpoint
CREATE TYPE "public"."topic_kind" AS ENUM('category', 'task', 'method', 'field', 'keyword');--> statement-breakpoint
CREATE TYPE "public"."venue_kind" AS ENUM('conference', 'journal', 'workshop', 'repository', 'other');--> statement-breakpoint
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
	CONSTRAINT "authorships_paper_id_position_pk" PRIMARY KEY("paper_id","position"),
	CONSTRAINT "authorships_author_paper_key" UNIQUE("author_id","paper_id")
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
	"paper_id" bigint NOT NULL
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
	"kind" "paper_kind" NOT NULL,
	"published_on" date,
	"published_precision" date_precision,
	"published_sort" date GENERATED ALWAYS AS (coalesce(published_on, '-infinity'::date)) STORED NOT NULL,
	"event_year" smallint,
	"language" text,
	"licence" text,
	"is_retracted" boolean DEFAULT false NOT NULL,
	"venue_id" bigint,
	"landing_url" text,
	"pdf_url" text,
	"author_count" integer DEFAULT 0 NOT NULL,
	"citation_count" integer DEFAULT 0 NOT NULL,
	"repository_count" integer DEFAULT 0 NOT NULL,
	"star_count" integer DEFAULT 0 NOT NULL,
	"search" "tsvector" GENERATED ALWAYS AS (setweight(to_tsvector('english'::regconfig, left(title, 2000)), 'A') || setweight(to_tsvector('english'::regconfig, left(coalesce(abstract, ''), 100000)), 'B')) STORED NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
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
	"stars_sort" integer GENERATED ALWAYS AS (coalesce(stars, -1)) STORED NOT NULL,
	"paper_count" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "repositories_host_owner_name_key" UNIQUE("host","owner","name")
);
--> statement-breakpoint
CREATE TABLE "source_records" (
	"source" text NOT NULL,
	"key" text collate "C" NOT NULL,
	"paper_id" bigint NOT NULL,
	"content_hash" text NOT NULL,
	"licence" text,
	"fetched_at" timestamp with time zone DEFAULT now() NOT NULL,
	"record" jsonb NOT NULL,
	CONSTRAINT "source_records_source_key_pk" PRIMARY KEY("source","key")
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
ALTER TABLE "author_identifiers" ADD CONSTRAINT "author_identifiers_author_id_authors_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."authors"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "author_redirects" ADD CONSTRAINT "author_redirects_author_id_authors_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."authors"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "authorships" ADD CONSTRAINT "authorships_paper_id_papers_id_fk" FOREIGN KEY ("paper_id") REFERENCES "public"."papers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "authorships" ADD CONSTRAINT "authorships_author_id_authors_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."authors"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "paper_identifiers" ADD CONSTRAINT "paper_identifiers_paper_id_papers_id_fk" FOREIGN KEY ("paper_id") REFERENCES "public"."papers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "paper_redirects" ADD CONSTRAINT "paper_redirects_paper_id_papers_id_fk" FOREIGN KEY ("paper_id") REFERENCES "public"."papers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "paper_repositories" ADD CONSTRAINT "paper_repositories_paper_id_papers_id_fk" FOREIGN KEY ("paper_id") REFERENCES "public"."papers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "paper_repositories" ADD CONSTRAINT "paper_repositories_repository_id_repositories_id_fk" FOREIGN KEY ("repository_id") REFERENCES "public"."repositories"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "paper_topics" ADD CONSTRAINT "paper_topics_paper_id_papers_id_fk" FOREIGN KEY ("paper_id") REFERENCES "public"."papers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "paper_topics" ADD CONSTRAINT "paper_topics_topic_id_topics_id_fk" FOREIGN KEY ("topic_id") REFERENCES "public"."topics"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "papers" ADD CONSTRAINT "papers_venue_id_venues_id_fk" FOREIGN KEY ("venue_id") REFERENCES "public"."venues"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "source_records" ADD CONSTRAINT "source_records_paper_id_papers_id_fk" FOREIGN KEY ("paper_id") REFERENCES "public"."papers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "author_identifiers_author_idx" ON "author_identifiers" USING btree ("author_id");--> statement-breakpoint
CREATE INDEX "author_redirects_author_idx" ON "author_redirects" USING btree ("author_id");--> statement-breakpoint
CREATE INDEX "authors_name_key_idx" ON "authors" USING btree ("name_key","id");--> statement-breakpoint
CREATE INDEX "authors_name_trgm_idx" ON "authors" USING gin (name_key gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "authors_paper_count_idx" ON "authors" USING btree ("paper_count","id");--> statement-breakpoint
CREATE INDEX "paper_identifiers_paper_idx" ON "paper_identifiers" USING btree ("paper_id");--> statement-breakpoint
CREATE INDEX "paper_redirects_paper_idx" ON "paper_redirects" USING btree ("paper_id");--> statement-breakpoint
CREATE INDEX "paper_repositories_repository_idx" ON "paper_repositories" USING btree ("repository_id","paper_id");--> statement-breakpoint
CREATE INDEX "paper_topics_topic_idx" ON "paper_topics" USING btree ("topic_id","published_sort","paper_id");--> statement-breakpoint
CREATE INDEX "papers_published_idx" ON "papers" USING btree ("published_sort","id");--> statement-breakpoint
CREATE INDEX "papers_published_with_code_idx" ON "papers" USING btree ("published_sort","id") WHERE repository_count > 0;--> statement-breakpoint
CREATE INDEX "papers_citations_idx" ON "papers" USING btree ("citation_count","id");--> statement-breakpoint
CREATE INDEX "papers_stars_idx" ON "papers" USING btree ("star_count","id");--> statement-breakpoint
CREATE INDEX "papers_created_idx" ON "papers" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "papers_title_key_idx" ON "papers" USING btree ("title_key","id");--> statement-breakpoint
CREATE INDEX "papers_venue_idx" ON "papers" USING btree ("venue_id","published_sort","id");--> statement-breakpoint
CREATE INDEX "papers_search_idx" ON "papers" USING gin ("search");--> statement-breakpoint
CREATE INDEX "repositories_name_idx" ON "repositories" USING btree ("name","id");--> statement-breakpoint
CREATE INDEX "repositories_stars_idx" ON "repositories" USING btree ("stars_sort","id");--> statement-breakpoint
CREATE INDEX "repositories_paper_count_idx" ON "repositories" USING btree ("paper_count","id");--> statement-breakpoint
CREATE INDEX "source_records_paper_idx" ON "source_records" USING btree ("paper_id");--> statement-breakpoint
CREATE INDEX "topics_name_key_idx" ON "topics" USING btree ("name_key","id");--> statement-breakpoint
CREATE INDEX "topics_paper_count_idx" ON "topics" USING btree ("paper_count","id");--> statement-breakpoint
CREATE INDEX "topics_parent_idx" ON "topics" USING btree ("parent_id");--> statement-breakpoint
CREATE INDEX "venues_name_key_idx" ON "venues" USING btree ("name_key","id");--> statement-breakpoint
CREATE INDEX "venues_paper_count_idx" ON "venues" USING btree ("paper_count","id");