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
CREATE TABLE "sync_states" (
	"source" text NOT NULL,
	"scope" text NOT NULL,
	"done_until" date NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "sync_states_source_scope_pk" PRIMARY KEY("source","scope")
);
--> statement-breakpoint
ALTER TABLE "repositories" ADD COLUMN "is_gone" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "repositories" ADD COLUMN "checked_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "repositories" ADD COLUMN "etag" text;--> statement-breakpoint
ALTER TABLE "repository_names" ADD CONSTRAINT "repository_names_repository_id_repositories_id_fk" FOREIGN KEY ("repository_id") REFERENCES "public"."repositories"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "repository_redirects" ADD CONSTRAINT "repository_redirects_repository_id_repositories_id_fk" FOREIGN KEY ("repository_id") REFERENCES "public"."repositories"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "repository_stars" ADD CONSTRAINT "repository_stars_repository_id_repositories_id_fk" FOREIGN KEY ("repository_id") REFERENCES "public"."repositories"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "repository_names_repository_idx" ON "repository_names" USING btree ("repository_id");--> statement-breakpoint
CREATE INDEX "repository_redirects_repository_idx" ON "repository_redirects" USING btree ("repository_id");--> statement-breakpoint
CREATE INDEX "repositories_host_id_idx" ON "repositories" USING btree ("host","host_id") WHERE host_id is not null;