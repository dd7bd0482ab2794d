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
ALTER TABLE "papers" RENAME COLUMN "citation_count" TO "stated_citation_count";--> statement-breakpoint
DROP INDEX "papers_citations_idx";--> statement-breakpoint
ALTER TABLE "papers"
	ADD COLUMN "linked_citation_count" integer DEFAULT 0 NOT NULL,
	ADD COLUMN "citation_count" integer GENERATED ALWAYS AS (greatest(stated_citation_count, linked_citation_count)) STORED NOT NULL;--> statement-breakpoint
CREATE INDEX "papers_citations_idx" ON "papers" USING btree ("citation_count","id");--> statement-breakpoint
ALTER TABLE "citations" ADD CONSTRAINT "citations_citing_id_papers_id_fk" FOREIGN KEY ("citing_id") REFERENCES "public"."papers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "paper_references" ADD CONSTRAINT "paper_references_paper_id_papers_id_fk" FOREIGN KEY ("paper_id") REFERENCES "public"."papers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "citation_edges_cited_idx" ON "citation_edges" USING btree ("cited_scheme","cited_value");--> statement-breakpoint
CREATE INDEX "citations_cited_published_idx" ON "citations" USING btree ("cited_id","published_sort","citing_id");--> statement-breakpoint
CREATE INDEX "paper_references_identifier_idx" ON "paper_references" USING btree ("scheme","value");