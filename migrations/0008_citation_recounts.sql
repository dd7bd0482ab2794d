CREATE TABLE "citation_recounts" (
	"paper_id" bigint PRIMARY KEY NOT NULL
);
