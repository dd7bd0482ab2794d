CREATE TABLE "contested_author_identifiers" (
	"scheme" text NOT NULL,
	"value" text collate "C" NOT NULL,
	"author_id" bigint NOT NULL,
	CONSTRAINT "contested_author_identifiers_pk" PRIMARY KEY("scheme","value","author_id")
);
--> statement-breakpoint
ALTER TABLE "authorships" ADD COLUMN "identifiers" text[];--> statement-breakpoint
ALTER TABLE "contested_author_identifiers" ADD CONSTRAINT "contested_author_identifiers_author_id_authors_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."authors"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "contested_author_identifiers_author_idx" ON "contested_author_identifiers" USING btree ("author_id");