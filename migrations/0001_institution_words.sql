DROP INDEX "institutions_words_idx";--> statement-breakpoint
CREATE INDEX "institutions_words_idx" ON "institutions" USING gin (keys_vector(name_keys || short_keys));