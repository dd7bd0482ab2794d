-- What representative operations send to Postgres, made by tests/graphql/plan/statements.test.ts. To make it anew:
-- npx vitest run tests/graphql/plan/statements.test.ts --update

-- the page of a paper
-- { paper(ref: "arXiv:2101.00001") { id title abstract publishedOn venue { slug name } identifiers { scheme value } authorships { totalCount nodes { position name author { id } } } topics { edges { score node { slug name } } } repositories(first: 3) { totalCount edges { isOfficial node { url stars pushedAt } } } } }

-- by resolvers
select json_agg(json_build_array(p.id,p.title,p.abstract,p.published_on,p.author_count,p.repository_count,
      (select json_build_array(v.id,v.slug,v.name)
        from venues v
        where v.id = p.venue_id),array
      (select json_build_array(i.scheme || ':' || i.value,i.scheme,i.value)
        from paper_identifiers i
        where i.paper_id = p.id and true
        order by i.scheme asc,i.value asc),array
      (select json_build_array(a.position,a.name,
          (select json_build_array(u.id)
            from authors u
            where u.id = a.author_id))
        from authorships a
        where a.paper_id = p.id and a.position <= 20
        order by a.position asc),array
      (select json_build_array(pt.topic_id,pt.score,
          (select json_build_array(t.id,t.slug,t.name)
            from topics t
            where t.id = pt.topic_id))
        from paper_topics pt
        where pt.paper_id = p.id and true
        order by -coalesce(pt.score, 0) asc,pt.topic_id asc),array
      (select json_build_array(pr.repository_id,pr.is_official,r.id,r.url,r.stars,r.pushed_at)
        from paper_repositories pr join repositories r on r.id = pr.repository_id
        where pr.paper_id = p.id and p.repository_count > 0
        order by pr.is_official desc,r.stars_sort desc,pr.repository_id desc limit 3))) as items
  from papers p
  where p.id =
  (select i.paper_id
    from unnest($1::identifier_scheme[], $2::text[]) with ordinality as c(scheme, value, place) join paper_identifiers i on i.scheme = c.scheme and i.value = c.value
    order by c.place limit 1);

-- by Postgres, as far as it can
select
  (select ('{"id":"'::text || encode(('Paper:' || p.id)::bytea, 'base64') || '","title":'::text || to_json(p.title)::text || ',"abstract":'::text || coalesce(to_json(p.abstract)::text, 'null') || ',"publishedOn":'::text || coalesce(to_json(p.published_on)::text, 'null') || ',"venue":'::text || coalesce(
        (select coalesce(('{"slug":'::text || to_json(v.slug)::text || ',"name":'::text || to_json(v.name)::text || '}'::text), E'\x01')
          from venues v
          where v.id = p.venue_id), 'null') || ',"identifiers":['::text || coalesce(
        (select string_agg(coalesce(x.t, E'\x01'), ',')
          from
          (select ('{"scheme":'::text || upper(to_json(i.scheme)::text collate "C") || ',"value":'::text || to_json(i.value)::text || '}'::text) as t
            from paper_identifiers i
            where i.paper_id = p.id
            order by i.scheme asc,i.value asc) x), '') || '],"authorships":{"totalCount":'::text || to_json(p.author_count)::text || ',"nodes":['::text || coalesce(
        (select string_agg(coalesce(x.t, E'\x01'), ',')
          from
          (select (('{"position":'::text || to_json(a.position)::text || ',"name":'::text || to_json(a.name)::text || ',"author":'::text ||
                (select ('{"id":"'::text || encode(('Author:' || u.id)::bytea, 'base64') || '"}'::text)
                  from authors u
                  where u.id = a.author_id) || '}'::text)) as t
            from authorships a
            where a.paper_id = p.id
            order by a.position asc limit 20) x), '') || ']},"topics":{"edges":['::text || coalesce(
        (select string_agg(coalesce(x.t, E'\x01'), ',')
          from
          (select (('{"score":'::text || coalesce((case when pt.score = 0 then '0' when abs(pt.score) >= 0.001 and abs(pt.score) < 100000 then (pt.score)::text when abs((pt.score)::text::numeric) >= 0.000001 and abs((pt.score)::text::numeric) < 1e21 then (pt.score)::text::numeric::text when abs((pt.score)::text::numeric) < 'Infinity' then regexp_replace((pt.score)::text, 'e([+-])0', 'e\1') when pt.score is not null then E'\x01' end), 'null') || ',"node":'::text ||
                (select ('{"slug":'::text || to_json(t.slug)::text || ',"name":'::text || to_json(t.name)::text || '}'::text)
                  from topics t
                  where t.id = pt.topic_id) || '}'::text)) as t
            from paper_topics pt
            where pt.paper_id = p.id
            order by -coalesce(pt.score, 0) asc,pt.topic_id asc limit 20) x), '') || ']},"repositories":{"totalCount":'::text || to_json(p.repository_count)::text || ',"edges":['::text || coalesce(
        (select string_agg(coalesce(x.t, E'\x01'), ',')
          from
          (select (('{"isOfficial":'::text || (pr.is_official)::text || ',"node":{"url":'::text || (case when r.host in ('github.com', 'huggingface.co') or to_json(r.url)::text ~ '^"https?://([a-z0-9]+[.-])+[a-z]{2,}(/([A-Za-z0-9_~=+&;,*()@:?-][A-Za-z0-9_~=+&;,*()@:?.-]*)?)+"$' then to_json(r.url)::text when to_json(r.url)::text <> 'null' then E'\x01' end) || ',"stars":'::text || coalesce(to_json(r.stars)::text, 'null') || ',"pushedAt":'::text || coalesce(('"' || to_char(r.pushed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS') || 'Z"'), 'null') || '}}'::text)) as t
            from paper_repositories pr join repositories r on r.id = pr.repository_id
            where pr.paper_id = p.id and p.repository_count > 0
            order by pr.is_official desc,r.stars_sort desc,pr.repository_id desc limit 3) x), '') || ']}}'::text)
    from papers p
    where p.id =
    (select i.paper_id
      from unnest($1::identifier_scheme[], $2::text[]) with ordinality as c(scheme, value, place) join paper_identifiers i on i.scheme = c.scheme and i.value = c.value
      order by c.place limit 1));

-- the newest papers
-- { papers(first: 20) { nodes { id title year authorships(first: 3) { nodes { name } } } } }

-- by resolvers
select to_json(array
    (select json_build_array(p.id,p.title,date_part('year', p.published_on)::int,p.author_count,array
        (select json_build_array(a.position,a.name)
          from authorships a
          where a.paper_id = p.id and a.position <= 3
          order by a.position asc),p.published_sort)
      from papers p
      where true
      order by p.published_sort desc,p.id desc limit 20)) as items;

-- by Postgres, as far as it can
select ('{"nodes":['::text ||
    (select string_agg(coalesce(x.t, E'\x01'), ',')
      from
      (select (('{"id":"'::text || encode(('Paper:' || p.id)::bytea, 'base64') || '","title":'::text || to_json(p.title)::text || ',"year":'::text || coalesce(to_json(date_part('year', p.published_on)::int)::text, 'null') || ',"authorships":{"nodes":['::text || coalesce(
              (select string_agg(coalesce(x.t, E'\x01'), ',')
                from
                (select (('{"name":'::text || to_json(a.name)::text || '}'::text)) as t
                  from authorships a
                  where a.paper_id = p.id
                  order by a.position asc limit 3) x), '') || ']}}'::text)) as t
        from papers p
        where true
        order by p.published_sort desc,p.id desc limit 20) x) || ']}'::text);

-- a page with its cursors
-- { papers(first: 5) { edges { cursor node { title } } pageInfo { hasNextPage endCursor } } }

-- by resolvers
select to_json(array
    (select json_build_array(p.id,p.title,p.published_sort)
      from papers p
      where true
      order by p.published_sort desc,p.id desc limit 6)) as items;

-- by Postgres, as far as it can
select (
    (select ('{"edges":['::text || coalesce(y.t0, '') || '],"pageInfo":{"hasNextPage":'::text || (coalesce(cardinality(y.k0), 0) > 5)::text || ',"endCursor":'::text || coalesce(('"' || translate(encode(convert_to(('[1,"papers.published.desc",'::text || to_json(y.k0[least(cardinality(y.k0), 5)])::text || ','::text || to_json(y.k1[least(cardinality(y.k0), 5)])::text || ']'::text), 'UTF8'), 'base64'), E'+/=\n', '-_') || '"'), 'null') || '}}'::text)
      from
      (select string_agg(coalesce(x.t0, E'\x01'), ',') filter (where x.n <= 5) as t0,array_agg(x.k0) as k0,array_agg(x.k1) as k1
        from
        (select x.*, row_number() over () as n
          from
          (select (('{"cursor":'::text || ('"' || translate(encode(convert_to(('[1,"papers.published.desc",'::text || to_json(p.published_sort)::text || ','::text || to_json(p.id)::text || ']'::text), 'UTF8'), 'base64'), E'+/=\n', '-_') || '"') || ',"node":{"title":'::text || to_json(p.title)::text || '}}'::text)) as t0,p.published_sort as k0,p.id as k1
            from papers p
            where true
            order by p.published_sort desc,p.id desc limit 6) x) x) y
      where y.t0 is not null));

-- the number of all papers
-- { papers { totalCount } }

select count(*) as count
  from papers p
  where true;

-- a page from the end
-- { papers(last: 5) { nodes { title } pageInfo { hasPreviousPage } } }

select to_json(array
    (select json_build_array(p.id,p.title,p.published_sort)
      from papers p
      where true
      order by p.published_sort asc,p.id asc limit 6)) as items;

-- papers by citations
-- { papers(first: 5, order: { field: CITATIONS }) { nodes { title citationCount } } }

-- by resolvers
select to_json(array
    (select json_build_array(p.id,p.title,p.citation_count,p.citation_count)
      from papers p
      where true
      order by p.citation_count desc,p.id desc limit 5)) as items;

-- by Postgres, as far as it can
select ('{"nodes":['::text ||
    (select string_agg(coalesce(x.t, E'\x01'), ',')
      from
      (select (('{"title":'::text || to_json(p.title)::text || ',"citationCount":'::text || to_json(p.citation_count)::text || '}'::text)) as t
        from papers p
        where true
        order by p.citation_count desc,p.id desc limit 5) x) || ']}'::text);

-- papers about a topic
-- { papers(first: 5, filter: { topics: ["clustering"] }) { nodes { title } } }

-- by resolvers
select to_json(array
    (select json_build_array(p.id,p.title,l.published_sort)
      from paper_topics l join papers p on p.id = l.paper_id
      where l.topic_id = coalesce(
        (select o.id
          from topics o
          where o.slug = $1::text),
        (select topic_led_by($2::text, $3::text)))
      order by l.published_sort desc,l.paper_id desc limit 5)) as items;

-- by Postgres, as far as it can
select ('{"nodes":['::text ||
    (select string_agg(coalesce(x.t, E'\x01'), ',')
      from
      (select (('{"title":'::text || to_json(p.title)::text || '}'::text)) as t
        from paper_topics l join papers p on p.id = l.paper_id
        where l.topic_id = coalesce(
          (select o.id
            from topics o
            where o.slug = $1::text),
          (select topic_led_by($2::text, $3::text)))
        order by l.published_sort desc,l.paper_id desc limit 5) x) || ']}'::text);

-- papers under many conditions
-- { papers(first: 5, filter: { year: [2015, 2016], minCitations: 3, hasRepository: true, text: "sparse" }) { totalCount nodes { title } } }

select count(*) as count
  from papers p
  where ((p.published_sort between make_date($1, 1, 1) and make_date($2, 12, 31))) and p.repository_count > 0 and p.citation_count >= $3 and p.search @@ search_query($4) and querytree(search_query($5)) not in ('', 'T');

select to_json(array
    (select json_build_array(p.id,p.title,p.published_sort)
      from papers p
      where ((p.published_sort between make_date($1, 1, 1) and make_date($2, 12, 31))) and p.repository_count > 0 and p.citation_count >= $3 and p.search @@ search_query($4) and querytree(search_query($5)) not in ('', 'T')
      order by p.published_sort desc,p.id desc limit 5)) as items;

-- facets
-- { papers(filter: { minCitations: 3 }) { facets { years { value count } topics(first: 3) { topic { name } count } } } }

select
  (select json_agg(json_build_array(g.key,g.key,g.count)
      order by key desc)
    from
    (select date_part('year', p.published_sort)::int as key, count(*) as count
      from papers p
      where p.citation_count >= $1 and p.published_sort > '-infinity'::date group by 1
      order by key desc limit 10) g) as items;

select
  (select json_agg(json_build_array(t.id,g.count,t.id,t.name)
      order by count desc, key)
    from
    (select f.topic_id as key, count(*) as count
      from papers p join paper_topics f on f.paper_id = p.id
      where p.citation_count >= $1 group by 1
      order by count desc, key limit 3) g join topics t on t.id = g.key) as items;

-- decisions by venues
-- { papers(first: 5, filter: { decisions: { venues: ["acl"], presentation: [ORAL], hasAward: true } }, order: RATING) { nodes { title decisions { venue { slug } year outcome award rating { mean count } } } facets { presentations { value count } areas(first: 3) { value count } } } }

select
  (select json_agg(json_build_array(g.key,g.key,g.count)
      order by count desc, key)
    from
    (select d.presentation as key, count(distinct p.id) as count
      from papers p join paper_decisions d on d.paper_id = p.id
      where exists
      (select
        from paper_decisions d
        where d.paper_id = p.id and d.venue_id = any(array
          (select v.id
            from venues v
            where v.slug = any($1::text[]))) and d.presentation = any($2::presentation[]) and d.is_awarded = $3) and d.presentation is not null and d.venue_id = any(array
        (select v.id
          from venues v
          where v.slug = any($4::text[]))) and d.presentation = any($5::presentation[]) and d.is_awarded = $6 group by 1
      order by count desc, key limit 100) g) as items;

select
  (select json_agg(json_build_array(g.name,g.name,g.count)
      order by count desc, key)
    from
    (select lower(d.area) collate "C" as key, count(distinct p.id) as count, min(d.area collate "C") as name
      from papers p join paper_decisions d on d.paper_id = p.id
      where exists
      (select
        from paper_decisions d
        where d.paper_id = p.id and d.venue_id = any(array
          (select v.id
            from venues v
            where v.slug = any($1::text[]))) and d.presentation = any($2::presentation[]) and d.is_awarded = $3) and lower(d.area) collate "C" is not null and d.venue_id = any(array
        (select v.id
          from venues v
          where v.slug = any($4::text[]))) and d.presentation = any($5::presentation[]) and d.is_awarded = $6 group by 1
      order by count desc, key limit 3) g) as items;

select to_json(array
    (select json_build_array(p.id,p.title,array
        (select json_build_array(o.position,o.year,o.outcome,o.award,
            (select json_build_array(v.id,v.slug)
              from venues v
              where v.id = o.venue_id),
            (select json_build_array(o.position,b.mean,b.count)
              from
              (select o.rating_mean as mean, o.rating_count as count) b
              where b.mean is not null))
          from paper_decisions o
          where o.paper_id = p.id and true
          order by o.position asc),p.rating_sort)
      from papers p
      where exists
      (select
        from paper_decisions d
        where d.paper_id = p.id and d.venue_id = any(array
          (select v.id
            from venues v
            where v.slug = any($1::text[]))) and d.presentation = any($2::presentation[]) and d.is_awarded = $3)
      order by p.rating_sort desc,p.id desc limit 5)) as items;

-- papers of an institution since a day
-- { papers(first: 5, filter: { institutions: ["https://ror.org/05a28rw58"], published: { from: "2015-01-01" } }) { nodes { title institutions { edges { evidence matchedText node { name ror } } } authorships { nodes { institutions { slug } } } } facets { institutions(first: 3) { value count institution { name } } } } }

with given as materialized ( select *
    from jsonb_to_recordset($1::text::jsonb) as r(ref text, own bigint, ror text, slug text, lower text, key text, short text, within text, whole text[]) ) select g.ref, i.id, i.name, i.slug, i.country, 'https://ror.org/' || i.ror as ror, i.paper_count as papers, $2::int as rank
  from given g join institutions i on i.id = g.own
  union all select g.ref, i.id, i.name, i.slug, i.country, 'https://ror.org/' || i.ror as ror, i.paper_count as papers, $3::int as rank
  from given g join institutions i on i.ror = g.ror
  union all select g.ref, i.id, i.name, i.slug, i.country, 'https://ror.org/' || i.ror as ror, i.paper_count as papers, $4::int as rank
  from given g join institutions i on i.slug = g.slug collate "C"
  union all select g.ref, i.id, i.name, i.slug, i.country, 'https://ror.org/' || i.ror as ror, i.paper_count as papers, $5::int as rank
  from given g join institutions i on i.slug = g.lower collate "C"
  union all select g.ref, i.id, i.name, i.slug, i.country, 'https://ror.org/' || i.ror as ror, i.paper_count as papers, $6::int as rank
  from given g join institutions i on i.name_keys @> array[g.key] and g.key <> ''
  union all select g.ref, i.id, i.name, i.slug, i.country, 'https://ror.org/' || i.ror as ror, i.paper_count as papers, $7::int as rank
  from given g join institutions i on i.short_keys @> array[g.short] and g.short <> '' and (exists
    (select
      from unnest(i.acronyms) as s(name)
      where lower(s.name) = g.short) or (i.name_key like g.within and length(g.short) > cardinality(string_to_array(i.name_key, ' '))))
  union all select g.ref, i.id, i.name, i.slug, i.country, 'https://ror.org/' || i.ror as ror, i.paper_count as papers, $8::int as rank
  from given g join institutions i on i.short_keys @> array[g.short] and g.short <> ''
  union all select g.ref, i.id, i.name, i.slug, i.country, 'https://ror.org/' || i.ror as ror, i.paper_count as papers, $9::int as rank
  from given g join institutions i on i.name_keys && g.whole
  order by rank, papers desc, id;

select
  (select json_agg(json_build_array(i.id,i.slug,g.count,i.id,i.name)
      order by count desc, key)
    from
    (select f.institution_id as key, count(*) as count
      from papers p join paper_institutions f on f.paper_id = p.id
      where p.published_sort >= $1::date and exists
      (select
        from paper_institutions x
        where x.paper_id = p.id and x.institution_id = any(array[$2::bigint]::bigint[])) group by 1
      order by count desc, key limit 3) g join institutions i on i.id = g.key) as items;

select to_json(array
    (select json_build_array(p.id,p.title,p.author_count,array
        (select json_build_array(pi.institution_id,pi.evidence,pi.matched,i.id,i.name,'https://ror.org/' || i.ror)
          from paper_institutions pi join institutions i on i.id = pi.institution_id
          where pi.paper_id = p.id
          order by coalesce(pi.positions[1], 2147483647) asc,pi.institution_id asc limit 20),array
        (select json_build_array(a.position,array
            (select json_build_array(i.id,i.slug)
              from paper_institutions pi join institutions i on i.id = pi.institution_id
              where pi.paper_id = a.paper_id and a.position = any(pi.positions) and true
              order by pi.institution_id asc))
          from authorships a
          where a.paper_id = p.id and a.position <= 20
          order by a.position asc),p.published_sort)
      from papers p
      where p.published_sort >= $1::date and exists
      (select
        from paper_institutions x
        where x.paper_id = p.id and x.institution_id = any(array[$2::bigint]::bigint[]))
      order by p.published_sort desc,p.id desc limit 5)) as items;

-- the page of an institution
-- { institution(ref: "https://ror.org/05a28rw58") { name ror acronyms paperCount parent { name } papers(first: 5) { totalCount nodes { title } } authors(first: 3) { totalCount edges { paperCount node { name } } } papersPerYear { year count } topicsPerYear(first: 2, from: 2014, to: 2020) { year paperCount topic { slug } } leadingTopics(first: 3) { topic { name } } } }

select parent.id,
  (select json_agg(json_build_array(y.year, y.count)
      order by y.year)
    from ( select date_part('year', d.day)::int as year, sum(d.count) as count
      from ( select l.published_sort as day, count(*) as count
        from paper_institutions l
        where l.institution_id = parent.id and l.published_sort > '-infinity'::date group by 1) d group by 1) y) as years
  from unnest($1::bigint[]) as parent(id);

select json_agg(json_build_array(i.id,i.name,'https://ror.org/' || i.ror,i.acronyms,i.paper_count,
      (select w.id
        from institutions w
        where w.ror = i.parent_ror),array
      (select json_build_array(p.id,p.title,l.published_sort)
        from paper_institutions l join papers p on p.id = l.paper_id
        where l.institution_id = i.id
        order by l.published_sort desc,l.paper_id desc limit 5))) as items
  from institutions i
  where i.ror = $1::text;

select parent.id,
  (select count(*)
    from
    (select distinct x.id
      from
      (select s.author_id as id, w.published_sort
        from ( select pi.paper_id, pi.positions, pi.published_sort
          from paper_institutions pi
          where pi.institution_id = parent.id
          order by pi.published_sort desc, pi.paper_id desc limit 10000) w join authorships s on s.paper_id = w.paper_id and s.position = any(w.positions)) x) n) as count
  from unnest($1::bigint[]) as parent(id);

select parent.id, to_json(array
    (select json_build_array(n.id,n.paper_count,u.id,u.name)
      from
      (select x.id, count(*) as paper_count, date_part('year', min(nullif(x.published_sort, '-infinity'::date)))::int as first_year, date_part('year', max(nullif(x.published_sort, '-infinity'::date)))::int as last_year
        from
        (select s.author_id as id, w.published_sort
          from ( select pi.paper_id, pi.positions, pi.published_sort
            from paper_institutions pi
            where pi.institution_id = parent.id
            order by pi.published_sort desc, pi.paper_id desc limit 10000) w join authorships s on s.paper_id = w.paper_id and s.position = any(w.positions)) x group by 1) n join authors u on u.id = n.id
      where true
      order by -n.paper_count asc,u.name_key asc,n.id asc limit 3)) as items
  from unnest($1::bigint[]) as parent(id);

select parent.id, to_json(array
    (select json_build_array(n.id,t.id,t.name)
      from
      (select x.id, count(*) as paper_count, max(x.tie) as tie
        from
        (select y.*, w.paper_id
          from
          (select l.paper_id as paper_id
            from paper_institutions l
            where l.institution_id = parent.id
            order by l.published_sort desc, l.paper_id desc limit 10000) w cross join lateral
          (select x.topic_id as id, 0 as tie
            from paper_topics x
            where x.paper_id = w.paper_id offset 0) y limit 200000) x group by 1
        order by 2 desc, 3 desc, 1 limit 3) n join topics t on t.id = n.id
      where true and true
      order by -n.paper_count asc,-n.tie asc,n.id asc)) as items
  from unnest($1::bigint[]) as parent(id);

select parent.id, to_json(array
    (select json_build_array(n.year || ':' || n.topic_id,n.year,n.paper_count,t.id,t.slug)
      from
      (select c.*, row_number() over (partition by c.year
          order by c.paper_count desc, c.topic_id) as rank
        from ( select date_part('year', pi.published_sort)::int as year, x.topic_id, count(*) as paper_count
          from paper_institutions pi join paper_topics x on x.paper_id = pi.paper_id
          where pi.institution_id = parent.id and pi.published_sort between make_date($1, 1, 1) and make_date($2, 12, 31) group by 1, 2) c) n join topics t on t.id = n.topic_id
      where n.rank <= 2 and true
      order by n.year asc,-n.paper_count asc,n.topic_id asc)) as items
  from unnest($3::bigint[]) as parent(id);

-- institutions by a short form
-- { institution(ref: "ETHZ") { name } institutions(first: 3, name: "eth") { nodes { name } } }

-- by resolvers
with given as materialized ( select *
    from jsonb_to_recordset($1::text::jsonb) as r(ref text, own bigint, ror text, slug text, lower text, key text, short text, within text, whole text[]) ) select g.ref, i.id, i.name, i.slug, i.country, 'https://ror.org/' || i.ror as ror, i.paper_count as papers, $2::int as rank
  from given g join institutions i on i.id = g.own
  union all select g.ref, i.id, i.name, i.slug, i.country, 'https://ror.org/' || i.ror as ror, i.paper_count as papers, $3::int as rank
  from given g join institutions i on i.ror = g.ror
  union all select g.ref, i.id, i.name, i.slug, i.country, 'https://ror.org/' || i.ror as ror, i.paper_count as papers, $4::int as rank
  from given g join institutions i on i.slug = g.slug collate "C"
  union all select g.ref, i.id, i.name, i.slug, i.country, 'https://ror.org/' || i.ror as ror, i.paper_count as papers, $5::int as rank
  from given g join institutions i on i.slug = g.lower collate "C"
  union all select g.ref, i.id, i.name, i.slug, i.country, 'https://ror.org/' || i.ror as ror, i.paper_count as papers, $6::int as rank
  from given g join institutions i on i.name_keys @> array[g.key] and g.key <> ''
  union all select g.ref, i.id, i.name, i.slug, i.country, 'https://ror.org/' || i.ror as ror, i.paper_count as papers, $7::int as rank
  from given g join institutions i on i.short_keys @> array[g.short] and g.short <> '' and (exists
    (select
      from unnest(i.acronyms) as s(name)
      where lower(s.name) = g.short) or (i.name_key like g.within and length(g.short) > cardinality(string_to_array(i.name_key, ' '))))
  union all select g.ref, i.id, i.name, i.slug, i.country, 'https://ror.org/' || i.ror as ror, i.paper_count as papers, $8::int as rank
  from given g join institutions i on i.short_keys @> array[g.short] and g.short <> ''
  union all select g.ref, i.id, i.name, i.slug, i.country, 'https://ror.org/' || i.ror as ror, i.paper_count as papers, $9::int as rank
  from given g join institutions i on i.name_keys && g.whole
  order by rank, papers desc, id;

select json_agg(json_build_array(i.id,i.name)) as items
  from institutions i
  where i.id = any($1::bigint[]);

select to_json(array
    (select json_build_array(i.id,i.name,fit.place)
      from institutions i cross join lateral
      (select (case when (i.short_keys @> array[$1::text] or exists
            (select
              from unnest(i.name_keys) as n(name)
              where n.name = $2)) then 2 when exists
          (select
            from unnest(i.name_keys) as n(name)
            where ' ' || n.name || ' ' like all($3::text[])) then 1 else 0 end)::bigint * 4294967296 + i.paper_count as place) fit
      where (i.short_keys @> array[$4::text] or exists
        (select
          from unnest(i.name_keys) as n(name)
          where ' ' || n.name like all($5::text[])))
      order by fit.place desc,i.id desc limit 3)) as items;

-- by Postgres, as far as it can
with given as materialized ( select *
    from jsonb_to_recordset($1::text::jsonb) as r(ref text, own bigint, ror text, slug text, lower text, key text, short text, within text, whole text[]) ) select g.ref, i.id, i.name, i.slug, i.country, 'https://ror.org/' || i.ror as ror, i.paper_count as papers, $2::int as rank
  from given g join institutions i on i.id = g.own
  union all select g.ref, i.id, i.name, i.slug, i.country, 'https://ror.org/' || i.ror as ror, i.paper_count as papers, $3::int as rank
  from given g join institutions i on i.ror = g.ror
  union all select g.ref, i.id, i.name, i.slug, i.country, 'https://ror.org/' || i.ror as ror, i.paper_count as papers, $4::int as rank
  from given g join institutions i on i.slug = g.slug collate "C"
  union all select g.ref, i.id, i.name, i.slug, i.country, 'https://ror.org/' || i.ror as ror, i.paper_count as papers, $5::int as rank
  from given g join institutions i on i.slug = g.lower collate "C"
  union all select g.ref, i.id, i.name, i.slug, i.country, 'https://ror.org/' || i.ror as ror, i.paper_count as papers, $6::int as rank
  from given g join institutions i on i.name_keys @> array[g.key] and g.key <> ''
  union all select g.ref, i.id, i.name, i.slug, i.country, 'https://ror.org/' || i.ror as ror, i.paper_count as papers, $7::int as rank
  from given g join institutions i on i.short_keys @> array[g.short] and g.short <> '' and (exists
    (select
      from unnest(i.acronyms) as s(name)
      where lower(s.name) = g.short) or (i.name_key like g.within and length(g.short) > cardinality(string_to_array(i.name_key, ' '))))
  union all select g.ref, i.id, i.name, i.slug, i.country, 'https://ror.org/' || i.ror as ror, i.paper_count as papers, $8::int as rank
  from given g join institutions i on i.short_keys @> array[g.short] and g.short <> ''
  union all select g.ref, i.id, i.name, i.slug, i.country, 'https://ror.org/' || i.ror as ror, i.paper_count as papers, $9::int as rank
  from given g join institutions i on i.name_keys && g.whole
  order by rank, papers desc, id;

select ('{"nodes":['::text ||
    (select string_agg(coalesce(x.t, E'\x01'), ',')
      from
      (select (('{"name":'::text || to_json(i.name)::text || '}'::text)) as t
        from institutions i cross join lateral
        (select (case when (i.short_keys @> array[$1::text] or exists
              (select
                from unnest(i.name_keys) as n(name)
                where n.name = $2)) then 2 when exists
            (select
              from unnest(i.name_keys) as n(name)
              where ' ' || n.name || ' ' like all($3::text[])) then 1 else 0 end)::bigint * 4294967296 + i.paper_count as place) fit
        where (i.short_keys @> array[$4::text] or exists
          (select
            from unnest(i.name_keys) as n(name)
            where ' ' || n.name like all($5::text[])))
        order by fit.place desc,i.id desc limit 3) x) || ']}'::text);

select json_agg(json_build_array(i.id,i.name)) as items
  from institutions i
  where i.id = any($1::bigint[]);

-- institutions of an author
-- { author(ref: "0000-0002-1825-0097") { institutions { edges { paperCount firstYear node { name } } } } }

select json_agg(json_build_array(u.id)) as items
  from authors u
  where u.id =
  (select author_id
    from author_identifiers
    where scheme = $1::text and value = $2::text);

select parent.id, to_json(array
    (select json_build_array(n.id,n.paper_count,n.first_year,i.id,i.name)
      from
      (select x.id, count(*) as paper_count, date_part('year', min(nullif(x.published_sort, '-infinity'::date)))::int as first_year, date_part('year', max(nullif(x.published_sort, '-infinity'::date)))::int as last_year
        from
        (select pi.institution_id as id, w.published_sort
          from ( select s.paper_id, s.position, s.published_sort
            from authorships s
            where s.author_id = parent.id
            order by s.published_sort desc, s.paper_id desc limit 10000) w join paper_institutions pi on pi.paper_id = w.paper_id and w.position = any(pi.positions)) x group by 1) n join institutions i on i.id = n.id
      where true
      order by -n.paper_count asc,i.name_key asc,n.id asc limit 20)) as items
  from unnest($1::bigint[]) as parent(id);

-- the page of an author
-- { author(ref: "0000-0002-1825-0097") { id name paperCount identifiers { scheme value } papers(first: 5) { totalCount nodes { title } pageInfo { hasNextPage endCursor } } } }

-- by resolvers
select json_agg(json_build_array(u.id,u.name,u.paper_count,array
      (select json_build_array(i.scheme || ':' || i.value,i.scheme,i.value)
        from author_identifiers i
        where i.author_id = u.id and true
        order by i.scheme asc,i.value asc),array
      (select json_build_array(p.id,p.title,l.published_sort)
        from authorships l join papers p on p.id = l.paper_id
        where l.author_id = u.id
        order by l.published_sort desc,l.paper_id desc limit 6))) as items
  from authors u
  where u.id =
  (select author_id
    from author_identifiers
    where scheme = $1::text and value = $2::text);

-- by Postgres, as far as it can
select
  (select ('{"id":"'::text || encode(('Author:' || u.id)::bytea, 'base64') || '","name":'::text || to_json(u.name)::text || ',"paperCount":'::text || to_json(u.paper_count)::text || ',"identifiers":['::text || coalesce(
        (select string_agg(coalesce(x.t, E'\x01'), ',')
          from
          (select ('{"scheme":'::text || to_json(i.scheme)::text || ',"value":'::text || to_json(i.value)::text || '}'::text) as t
            from author_identifiers i
            where i.author_id = u.id
            order by i.scheme asc,i.value asc) x), '') || '],"papers":'::text ||
      (select ('{"totalCount":'::text || to_json(u.paper_count)::text || ',"nodes":['::text || coalesce(y.t0, '') || '],"pageInfo":{"hasNextPage":'::text || (coalesce(cardinality(y.k0), 0) > 5)::text || ',"endCursor":'::text || coalesce(('"' || translate(encode(convert_to(('[1,"papers.published.desc",'::text || to_json(y.k0[least(cardinality(y.k0), 5)])::text || ','::text || to_json(y.k1[least(cardinality(y.k0), 5)])::text || ']'::text), 'UTF8'), 'base64'), E'+/=\n', '-_') || '"'), 'null') || '}}'::text)
        from
        (select string_agg(coalesce(x.t0, E'\x01'), ',') filter (where x.n <= 5) as t0,array_agg(x.k0) as k0,array_agg(x.k1) as k1
          from
          (select x.*, row_number() over () as n
            from
            (select (('{"title":'::text || to_json(p.title)::text || '}'::text)) as t0,l.published_sort as k0,l.paper_id as k1
              from authorships l join papers p on p.id = l.paper_id
              where l.author_id = u.id
              order by l.published_sort desc,l.paper_id desc limit 6) x) x) y) || '}'::text)
    from authors u
    where u.id =
    (select author_id
      from author_identifiers
      where scheme = $1::text and value = $2::text));

-- authors by name
-- { authors(first: 5, name: "ada") { nodes { name paperCount } } }

-- by resolvers
select to_json(array
    (select json_build_array(u.id,u.name,u.paper_count,fit.place)
      from authors u cross join lateral
      (select (case when ((' ' || replace((u.name_key || u.other_names), ' ', ' ')) || ' ') like all($1::text[]) then 2 when (' ' || replace((u.name_key || u.other_names), ' ', ' ')) like all($2::text[]) then 1 else 0 end)::bigint * 4294967296 + u.paper_count as place) fit
      where ((u.name_key || u.other_names) like $3)
      order by fit.place desc,u.id desc limit 5)) as items;

-- by Postgres, as far as it can
select ('{"nodes":['::text ||
    (select string_agg(coalesce(x.t, E'\x01'), ',')
      from
      (select (('{"name":'::text || to_json(u.name)::text || ',"paperCount":'::text || to_json(u.paper_count)::text || '}'::text)) as t
        from authors u cross join lateral
        (select (case when ((' ' || replace((u.name_key || u.other_names), ' ', ' ')) || ' ') like all($1::text[]) then 2 when (' ' || replace((u.name_key || u.other_names), ' ', ' ')) like all($2::text[]) then 1 else 0 end)::bigint * 4294967296 + u.paper_count as place) fit
        where ((u.name_key || u.other_names) like $3)
        order by fit.place desc,u.id desc limit 5) x) || ']}'::text);

-- co-authors and topics of an author
-- { author(ref: "0000-0002-1825-0097") { name coAuthors(first: 3) { nodes { name } } leadingTopics(first: 3) { topic { name } } } }

select json_agg(json_build_array(u.id,u.name)) as items
  from authors u
  where u.id =
  (select author_id
    from author_identifiers
    where scheme = $1::text and value = $2::text);

select parent.id, to_json(array
    (select json_build_array(n.id,t.id,t.name)
      from
      (select x.id, count(*) as paper_count, max(x.tie) as tie
        from
        (select y.*, w.paper_id
          from
          (select l.paper_id as paper_id
            from authorships l
            where l.author_id = parent.id
            order by l.published_sort desc, l.paper_id desc limit 10000) w cross join lateral
          (select x.topic_id as id, 0 as tie
            from paper_topics x
            where x.paper_id = w.paper_id offset 0) y limit 200000) x group by 1
        order by 2 desc, 3 desc, 1 limit 3) n join topics t on t.id = n.id
      where true and true
      order by -n.paper_count asc,-n.tie asc,n.id asc)) as items
  from unnest($1::bigint[]) as parent(id);

select parent.id, to_json(array
    (select json_build_array(n.id,u.id,u.name)
      from
      (select x.id, count(*) as paper_count, date_part('year', min(nullif(x.published_sort, '-infinity'::date)))::int as first_year, date_part('year', max(nullif(x.published_sort, '-infinity'::date)))::int as last_year
        from
        (select y.*, w.paper_id
          from
          (select l.paper_id as paper_id
            from authorships l
            where l.author_id = parent.id
            order by l.published_sort desc, l.paper_id desc limit 10000) w cross join lateral
          (select s.author_id as id, s.published_sort
            from authorships s
            where s.paper_id = w.paper_id and s.author_id <> parent.id offset 0) y limit 200000) x group by 1) n join authors u on u.id = n.id
      where true
      order by -n.paper_count asc,u.name_key asc,n.id asc limit 3)) as items
  from unnest($1::bigint[]) as parent(id);

-- the page of a topic
-- { topic(slug: "clustering") { name paperCount parent { name } papers(first: 5) { nodes { title } } } }

select json_agg(json_build_array(t.id,t.name)) as items
  from topics t
  where t.id = any($1::bigint[]);

select json_agg(json_build_array(t.id,t.name,t.paper_count,t.parent_id,array
      (select json_build_array(p.id,p.title,l.published_sort)
        from paper_topics l join papers p on p.id = l.paper_id
        where l.topic_id = t.id
        order by l.published_sort desc,l.paper_id desc limit 5))) as items
  from topics t
  where t.id = coalesce(
    (select o.id
      from topics o
      where o.slug = $1::text),
    (select topic_led_by($2::text, $3::text)));

-- a topic in time and with others
-- { topic(slug: "clustering") { papersPerYear { year count } coOccurring(first: 3) { topic { name } lift } } }

select parent.id,
  (select json_agg(json_build_array(y.year, y.count)
      order by y.year)
    from ( select date_part('year', d.day)::int as year, sum(d.count) as count
      from ( select l.published_sort as day, count(*) as count
        from paper_topics l
        where l.topic_id = parent.id and l.published_sort > '-infinity'::date group by 1) d group by 1) y) as years
  from unnest($1::bigint[]) as parent(id);

select json_agg(json_build_array(t.id)) as items
  from topics t
  where t.id = coalesce(
    (select o.id
      from topics o
      where o.slug = $1::text),
    (select topic_led_by($2::text, $3::text)));

select parent.id, to_json(array
    (select json_build_array(n.id,(n.paper_count::float8 * c.papers / (least(10000, greatest(1, o.paper_count)) * greatest(1, t.paper_count)::float8)),t.id,t.name)
      from
      (select x.topic_id as id, count(*) as paper_count
        from
        (select y.*, w.paper_id
          from
          (select l.paper_id as paper_id
            from paper_topics l
            where l.topic_id = parent.id
            order by l.published_sort desc, l.paper_id desc limit 10000) w cross join lateral
          (select s.topic_id
            from paper_topics s
            where s.paper_id = w.paper_id and s.topic_id <> parent.id offset 0) y limit 200000) x group by 1) n join topics t on t.id = n.id join topics o on o.id = parent.id cross join
      (select
        (select count(*)
          from papers) as papers offset 0) c
      where true
      order by -n.paper_count * ln((n.paper_count::float8 * c.papers / (least(10000, greatest(1, o.paper_count)) * greatest(1, t.paper_count)::float8))) asc,-n.paper_count asc,n.id asc limit 3)) as items
  from unnest($1::bigint[]) as parent(id);

-- the page of a venue
-- { venue(slug: "acl") { name kind papers(first: 5) { nodes { title } } } }

-- by resolvers
select json_agg(json_build_array(v.id,v.name,v.kind,v.paper_count,array
      (select json_build_array(p.id,p.title,p.published_sort)
        from papers p
        where p.venue_id = v.id
        order by p.published_sort desc,p.id desc limit 5))) as items
  from venues v
  where v.slug = $1::text;

-- by Postgres, as far as it can
select
  (select ('{"name":'::text || to_json(v.name)::text || ',"kind":'::text || upper(to_json(v.kind)::text collate "C") || ',"papers":{"nodes":['::text || coalesce(
        (select string_agg(coalesce(x.t, E'\x01'), ',')
          from
          (select (('{"title":'::text || to_json(p.title)::text || '}'::text)) as t
            from papers p
            where p.venue_id = v.id
            order by p.published_sort desc,p.id desc limit 5) x), '') || ']}}'::text)
    from venues v
    where v.slug = $1::text);

-- the page of a repository
-- { repository(ref: "example/alpha") { url stars checkedAt papers(first: 5) { edges { isOfficial evidence node { title } } } } }

select json_agg(json_build_array(r.id,r.url,r.stars,r.checked_at,r.paper_count,array
      (select json_build_array(p.id,p.title,p.published_sort,json_build_object('isOfficial', l.is_official, 'evidence', l.evidence, 'source', l.source, 'framework', l.framework))
        from paper_repositories l join papers p on p.id = l.paper_id
        where l.repository_id = r.id
        order by p.published_sort desc,p.id desc limit 5))) as items
  from repositories r
  where r.id = coalesce(
    (select x.id
      from repositories x
      where x.host = $1::text and x.owner = $2::text and x.name = $3::text),
    (select x.repository_id
      from repository_names x
      where x.host = $4::text and x.owner = $5::text and x.name = $6::text));

-- repositories in a language
-- { repositories(first: 5, language: ["Python"]) { nodes { url stars } } }

-- by resolvers
select null::text as kind, null::text as name, null as id
  where false
  union all select $1::text, n.name, null
  from unnest($2::text[]) as n(name)
  where not exists
  (select
    from repositories r
    where lower(r.language) = n.name);

select to_json(array
    (select json_build_array(r.id,r.url,r.stars,r.stars_sort)
      from repositories r
      where lower(r.language) = any($1::text[])
      order by r.stars_sort desc,r.id desc limit 5)) as items;

-- by Postgres, as far as it can
select ('{"nodes":['::text ||
    (select string_agg(coalesce(x.t, E'\x01'), ',')
      from
      (select (('{"url":'::text || (case when r.host in ('github.com', 'huggingface.co') or to_json(r.url)::text ~ '^"https?://([a-z0-9]+[.-])+[a-z]{2,}(/([A-Za-z0-9_~=+&;,*()@:?-][A-Za-z0-9_~=+&;,*()@:?.-]*)?)+"$' then to_json(r.url)::text when to_json(r.url)::text <> 'null' then E'\x01' end) || ',"stars":'::text || coalesce(to_json(r.stars)::text, 'null') || '}'::text)) as t
        from repositories r
        where lower(r.language) = any($1::text[])
        order by r.stars_sort desc,r.id desc limit 5) x) || ']}'::text);

-- papers of several authors
-- { authors(first: 5) { nodes { name papers(first: 3) { nodes { title } } } } }

-- by resolvers
select json_agg(json_build_array(parent.id, array
      (select json_build_array(p.id,p.title,l.published_sort)
        from authorships l join papers p on p.id = l.paper_id
        where l.author_id = parent.id
        order by l.published_sort desc,l.paper_id desc limit 3))) as pages
  from unnest($1::bigint[]) as parent(id);

select to_json(array
    (select json_build_array(u.id,u.name,u.paper_count,u.paper_count)
      from authors u
      where true
      order by u.paper_count desc,u.id desc limit 5)) as items;

-- by Postgres, as far as it can
select ('{"nodes":['::text ||
    (select string_agg(coalesce(x.t, E'\x01'), ',')
      from
      (select (('{"name":'::text || to_json(u.name)::text || ',"papers":{"nodes":['::text || coalesce(
              (select string_agg(coalesce(x.t, E'\x01'), ',')
                from
                (select (('{"title":'::text || to_json(p.title)::text || '}'::text)) as t
                  from authorships l join papers p on p.id = l.paper_id
                  where l.author_id = u.id
                  order by l.published_sort desc,l.paper_id desc limit 3) x), '') || ']}}'::text)) as t
        from authors u
        where true
        order by u.paper_count desc,u.id desc limit 5) x) || ']}'::text);

-- lists within lists
-- { papers(first: 3) { nodes { title authorships { nodes { author { name papers(first: 2) { nodes { title topics { nodes { name } } } } } } } } } }

-- by resolvers
select json_agg(json_build_array(parent.id, array
      (select json_build_array(p.id,p.title,array
          (select json_build_array(pt.topic_id,
              (select json_build_array(t.id,t.name)
                from topics t
                where t.id = pt.topic_id))
            from paper_topics pt
            where pt.paper_id = p.id and true
            order by -coalesce(pt.score, 0) asc,pt.topic_id asc),l.published_sort)
        from authorships l join papers p on p.id = l.paper_id
        where l.author_id = parent.id
        order by l.published_sort desc,l.paper_id desc limit 2))) as pages
  from unnest($1::bigint[]) as parent(id);

select to_json(array
    (select json_build_array(p.id,p.title,p.author_count,array
        (select json_build_array(a.position,
            (select json_build_array(u.id,u.name,u.paper_count)
              from authors u
              where u.id = a.author_id))
          from authorships a
          where a.paper_id = p.id and a.position <= 20
          order by a.position asc),p.published_sort)
      from papers p
      where true
      order by p.published_sort desc,p.id desc limit 3)) as items;

-- by Postgres, as far as it can
select ('{"nodes":['::text ||
    (select string_agg(coalesce(x.t, E'\x01'), ',')
      from
      (select (('{"title":'::text || to_json(p.title)::text || ',"authorships":{"nodes":['::text || coalesce(
              (select string_agg(coalesce(x.t, E'\x01'), ',')
                from
                (select (('{"author":'::text ||
                      (select ('{"name":'::text || to_json(u.name)::text || ',"papers":{"nodes":['::text || coalesce(
                            (select string_agg(coalesce(x.t, E'\x01'), ',')
                              from
                              (select (('{"title":'::text || to_json(p.title)::text || ',"topics":{"nodes":['::text || coalesce(
                                      (select string_agg(coalesce(x.t, E'\x01'), ',')
                                        from
                                        (select ((
                                              (select ('{"name":'::text || to_json(t.name)::text || '}'::text)
                                                from topics t
                                                where t.id = pt.topic_id))) as t
                                          from paper_topics pt
                                          where pt.paper_id = p.id
                                          order by -coalesce(pt.score, 0) asc,pt.topic_id asc limit 20) x), '') || ']}}'::text)) as t
                                from authorships l join papers p on p.id = l.paper_id
                                where l.author_id = u.id
                                order by l.published_sort desc,l.paper_id desc limit 2) x), '') || ']}}'::text)
                        from authors u
                        where u.id = a.author_id) || '}'::text)) as t
                  from authorships a
                  where a.paper_id = p.id
                  order by a.position asc limit 20) x), '') || ']}}'::text)) as t
        from papers p
        where true
        order by p.published_sort desc,p.id desc limit 3) x) || ']}'::text);

-- citations of a paper
-- { paper(ref: "arXiv:2101.00001") { citationCount citations(first: 3) { nodes { title } } references(first: 3) { totalCount } unresolvedReferences(first: 3) { nodes { text } } } }

select json_agg(json_build_array(p.id,p.citation_count)) as items
  from papers p
  where p.id =
  (select i.paper_id
    from unnest($1::identifier_scheme[], $2::text[]) with ordinality as c(scheme, value, place) join paper_identifiers i on i.scheme = c.scheme and i.value = c.value
    order by c.place limit 1);

select json_agg(json_build_array(parent.id, array
      (select json_build_array(p.id,p.title,l.published_sort,json_build_object('sources', l.sources, 'isInfluential', l.is_influential, 'intents', l.intents, 'citing', l.citing_id, 'cited', l.cited_id))
        from citations l join papers p on p.id = l.citing_id
        where l.cited_id = parent.id
        order by l.published_sort desc,l.citing_id desc limit 3))) as pages
  from unnest($1::bigint[]) as parent(id);

select parent.id,
  (select count(*)
    from citations l join papers p on p.id = l.cited_id
    where l.citing_id = parent.id) as count
  from unnest($1::bigint[]) as parent(id);

select parent.id, to_json(array
    (select json_build_array(u.place,u.text)
      from ( select r.place, '' collate "C" as key, r.title, r.text, r.sources, r.is_influential, r.intents,
        (select coalesce(json_agg(json_build_object('scheme', o.scheme, 'value', o.value)
              order by o.variant), '[]')
          from paper_references o
          where o.paper_id = r.paper_id and o.place = r.place and o.scheme is not null) as identifiers, coalesce(r.contexts, '{}') as contexts
        from paper_references r
        where r.paper_id = parent.id and r.variant = 0 and not exists ( select
          from paper_references o join paper_identifiers i on i.scheme = o.scheme and i.value = o.value
          where o.paper_id = r.paper_id and o.place = r.place)
        union all select $1::int, e.cited_scheme || ':' || e.cited_value, null, null, array_agg(distinct e.source
          order by e.source), bool_or(e.is_influential), coalesce( array_agg(distinct x.intent
            order by x.intent) filter (where x.intent is not null), '{}'), json_build_array(json_build_object('scheme', e.cited_scheme, 'value', e.cited_value)), coalesce(array_agg(distinct y.context
            order by y.context) filter (where y.context is not null), '{}')
        from paper_identifiers a join citation_edges e on e.citing_scheme = a.scheme and e.citing_value = a.value left join unnest(e.intents) as x(intent) on true left join unnest(e.contexts) as y(context) on true
        where a.paper_id = parent.id and not exists
        (select
          from paper_identifiers i
          where i.scheme = e.cited_scheme and i.value = e.cited_value) and not exists
        (select
          from paper_references o
          where o.paper_id = parent.id and o.scheme = e.cited_scheme and o.value = e.cited_value) group by e.cited_scheme, e.cited_value) u
      where true
      order by u.place asc,u.key asc limit 3)) as items
  from unnest($2::bigint[]) as parent(id);

-- what is related to a paper
-- { paper(ref: "arXiv:2101.00001") { related(first: 3) { score paper { title } } } }

select json_agg(json_build_array(p.id)) as items
  from papers p
  where p.id =
  (select i.paper_id
    from unnest($1::identifier_scheme[], $2::text[]) with ordinality as c(scheme, value, place) join paper_identifiers i on i.scheme = c.scheme and i.value = c.value
    order by c.place limit 1);

select parent.id, to_json(array
    (select json_build_array(o.id,o.score,p.id,p.title)
      from ( with own_topic as materialized ( select x.id, x.detail, 0.8::float8 * rarity / (1 + sum(rarity) over ()) as weight
          from ( select t.id, t.name as detail, power(ln(1 + m.most / greatest(t.paper_count, 1)) / ln(1 + m.most), 2) as rarity
            from paper_topics l join topics t on t.id = l.topic_id cross join
            (select greatest(max(paper_count), 1)::float8 as most
              from topics) m
            where l.paper_id = parent.id
            order by t.paper_count, t.id limit 5) x), own_author as materialized ( select x.id, x.detail, 0.4::float8 * rarity / (1 + sum(rarity) over ()) as weight
          from ( select u.id, u.name as detail, 1 / (1 + ln(greatest(u.paper_count, 1)::float8)) as rarity
            from authorships l join authors u on u.id = l.author_id
            where l.paper_id = parent.id
            order by l.position limit 12) x), size as materialized ( select greatest(max(paper_count), 100)::float8 as papers
          from search_statistics ), told as materialized ( select y.lexeme, cardinality(y.positions) as times
          from papers q cross join unnest(ts_filter(q.search, '{b}')) y
          where q.id = parent.id ), printed as materialized ( select w.word, s.place, (tsvector_to_array(to_tsvector('paperql', w.word)))[1] as lexeme
          from papers q cross join string_to_table(search_text(regexp_replace(left(q.title, 2000), '[(]cid:[0-9]+[)] ?', '', 'g')), ' ') with ordinality as s(printed, place) cross join lateral
          (select btrim(s.printed, '.,:;!?"''()[]{}“”‘’…') as word) w
          where q.id = parent.id and length(w.word) > 1 and w.word !~ '^[0-9]+$' ), compound as materialized ( select x.word, min('''' || replace(replace(a.lexeme, '\', '\\'), '''', '''''') || '''' || ' <-> ' || '''' || replace(replace(b.lexeme, '\', '\\'), '''', '''''') || '''') as phrase
          from printed a join printed b on b.place = a.place + 1 join printed x on x.word = a.word || b.word
          where a.lexeme is not null and b.lexeme is not null group by x.word ), printed_part as materialized ( select unnest(array[a.word, b.word, case when x.word <> a.word || b.word then c.word end]) as word
          from printed a join printed b on b.place = a.place + 1 left join printed c on c.place = b.place + 1 join printed x on x.word in (a.word || b.word, a.word || b.word || c.word) join search_lexemes k on k.lexeme = x.lexeme and k.paper_count > 2 ), title_word as materialized ( select distinct on (x.lexeme) x.lexeme, x.word, x.place, y.phrase, (case when x.lexeme = any('{beyond,better,bridg,case,deeper,dive,empir,enough,faster,get,go,good,guid,help,hard,import,improv,introduc,investig,journey,lesson,level,look,make,matter,need,net,new,novel,one,perspect,quest,read,real,realli,reconsid,rethink,revisit,right,role,said,simpl,stronger,studi,tale,thing,toward,understand,use,via,view,way,without,worth,wrong}'::text[]) then 0.2 when not exists
            (select
              from told) then 1 else 0.35 + coalesce(0.45 + 0.3 * ln(told.times), 0) end) * case when x.word in
          (select word
            from printed_part) then 0.3 else 1 end as telling
          from printed x left join told on told.lexeme = x.lexeme left join compound y on y.word = x.word
          where x.lexeme is not null
          order by x.lexeme, x.word ), told_printed as materialized ( select w.word, s.place, (tsvector_to_array(to_tsvector('paperql', w.word)))[1] as lexeme
          from papers q cross join string_to_table(search_text(regexp_replace(left(q.abstract, 5000), '[(]cid:[0-9]+[)] ?', '', 'g')), ' ') with ordinality as s(printed, place) cross join lateral
          (select btrim(s.printed, '.,:;!?"''()[]{}“”‘’…') as word) w
          where q.id = parent.id and length(w.word) > 2 and w.word !~ '^[0-9]+$' and strpos(w.word, '''') = 0 ), told_printed_part as materialized ( select unnest(array[a.word, b.word, case when x.word <> a.word || b.word then c.word end]) as word
          from told_printed a join told_printed b on b.place = a.place + 1 left join told_printed c on c.place = b.place + 1 join told_printed x on x.word in (a.word || b.word, a.word || b.word || c.word) join search_lexemes k on k.lexeme = x.lexeme and k.paper_count > 2 ), told_word as materialized ( select distinct on (x.lexeme) x.lexeme, x.word, null::bigint as place, null as phrase, (0.2 + 0.4 * ln(told.times)) * case when x.word in
          (select word
            from told_printed_part) then 0.3 else 1 end as telling
          from told_printed x join told on told.lexeme = x.lexeme
          where not exists
          (select
            from title_word t
            where t.lexeme = x.lexeme)
          order by x.lexeme, x.word ), own_word as materialized ( ( select *
            from
            (select w.word, w.place, ('''' || replace(replace(w.lexeme, '\', '\\'), '''', '''''') || '''' || coalesce(' | ' || w.phrase, ''))::tsquery as query, w.phrase is not null as is_phrase, coalesce(k.paper_count, 1) as paper_count, coalesce(k.title_count, 0) as title_count, w.telling * greatest(ln(size.papers / greatest(k.paper_count, 1)) / ln(size.papers), 0) as rarity
              from title_word w cross join size left join search_lexemes k on k.lexeme = w.lexeme
              where coalesce(k.paper_count, 2) > 1) w
            where rarity >= 0.12::float8
            order by rarity desc, word limit 8)
          union all ( select *
            from
            (select w.word, w.place, ('''' || replace(replace(w.lexeme, '\', '\\'), '''', '''''') || '''' || coalesce(' | ' || w.phrase, ''))::tsquery as query, w.phrase is not null as is_phrase, coalesce(k.paper_count, 1) as paper_count, coalesce(k.title_count, 0) as title_count, w.telling * greatest(ln(size.papers / greatest(k.paper_count, 1)) / ln(size.papers), 0) as rarity
              from told_word w cross join size left join search_lexemes k on k.lexeme = w.lexeme
              where coalesce(k.paper_count, 2) > 1) w
            where rarity >= 0.12::float8
            order by rarity desc, word limit 24) ), own_pair as materialized ( select a.word || ' ' || b.word as word, a.query <-> b.query as query, least(a.title_count, b.title_count) as title_count, (a.rarity + b.rarity) / 2 as rarity
          from own_word a join own_word b on b.place = a.place + 1
          where not exists
          (select
            from compound c
            where c.word = a.word || b.word)
          order by 4 desc, 1 limit 4 ), own_text as materialized ( select word, query, rarity, is_phrase
          from own_word
          union all select word, query, rarity * 0.3, true
          from own_pair ), hit as materialized ( select x.id, w.rarity * x.part * 2::float8 / (1 +
            (select sum(rarity)
              from own_text)) as weight
          from (
            (select word, query, paper_count, title_count, rarity
              from own_word
              where title_count <= 300
              order by rarity desc, word limit 14)
            union all select word, query, null, title_count, rarity * 2
            from own_pair
            where title_count <= 1500) w cross join lateral (
            (select h.id, case when h.title_search @@ w.query then 1 else 0.6 end as part
              from papers h
              where w.paper_count <= 300 and h.search @@ w.query
              order by h.citation_count + 0 desc, h.id desc limit 300)
            union all
            (select h.id, 1
              from papers h
              where coalesce(w.paper_count > 300, true) and h.title_search @@ w.query
              order by h.citation_count + 0 desc, h.id desc limit 300)) x
          where x.id <> parent.id ), reference as materialized ( select l.cited_id as id, 1 / ln(exp(1) + q.citation_count) as rarity
          from citations l join papers q on q.id = l.cited_id
          where l.citing_id = parent.id
          order by q.citation_count, q.id limit 30 ), citing as materialized ( select l.citing_id as id
          from citations l
          where l.cited_id = parent.id
          order by l.published_sort desc, l.citing_id desc limit 30 ), common as materialized ( select id, 'cites' as kind, null::int as count, 0.4::float8 as weight
          from reference
          union all select id, 'cited_by', null, 0.4::float8
          from citing
          union all select x.id, 'co_cited', x.count, 1::float8 * x.count / (x.count + 1) / ln(exp(1) + q.citation_count / 10.0)
          from
          (select l.id, count(*)::int as count
            from citing s cross join lateral ( select l.cited_id as id
              from citations l
              where l.citing_id = s.id
              order by l.cited_id desc limit 100) l
            where l.id <> parent.id group by l.id
            order by count(*) desc, l.id desc limit 100) x join papers q on q.id = x.id
          union all select l.id, 'shared_references', count(*)::int, 1::float8 * sum(s.rarity) / (1 +
            (select sum(rarity)
              from reference))
          from reference s cross join lateral
          (select l.citing_id as id
            from citations l
            where l.cited_id = s.id
            order by l.published_sort desc, l.citing_id desc limit 30) l
          where l.id <> parent.id group by l.id ), found as materialized ( select id, kind, null::text as detail, count, weight
          from common ), candidate as materialized ( select x.id
          from ( select id, weight
            from found
            union all select id, weight
            from hit
            union all select x.id, t.weight
            from own_topic t cross join lateral ( select l.paper_id as id
              from paper_topics l
              where l.topic_id = t.id
              order by l.published_sort desc, l.paper_id desc limit 60) x
            union all select x.id, a.weight
            from own_author a cross join lateral ( select l.paper_id as id
              from authorships l
              where l.author_id = a.id
              order by l.published_sort desc, l.paper_id desc limit 20) x ) x
          where x.id <> parent.id group by x.id
          order by sum(x.weight) desc, x.id desc limit 100 ), worded as materialized ( select c.id, w.word as detail, 2::float8 * w.rarity * case when w.is_phrase then case when c.title_search @@ w.query then 1 else 0.6 end else least(1.2, 1.645 * ts_rank('{0, 0.4, 0.5, 1}', c.search, w.query)) end / (1 +
            (select sum(rarity)
              from own_text)) * 1.5 * count(*) over (partition by c.id) / (count(*) over (partition by c.id) + 2.0) as weight
          from
          (select c.id, h.search || ''::tsvector as search, h.title_search
            from candidate c join papers h on h.id = c.id offset 0) c join own_text w on c.search @@ w.query ), other as materialized ( select f.*
          from found f join candidate c on c.id = f.id
          union all select c.id, 'topic', t.detail, null, t.weight
          from candidate c cross join lateral ( select l.topic_id as id
            from paper_topics l
            where l.paper_id = c.id offset 0) x join own_topic t on t.id = x.id
          union all select c.id, 'author', a.detail, null, a.weight
          from candidate c cross join lateral ( select l.author_id as id
            from authorships l
            where l.paper_id = c.id offset 0) x join own_author a on a.id = x.id ), best as materialized ( select id
          from
          (select id, weight
            from worded
            union all select id, weight
            from other) x group by id
          order by sum(weight) desc, id desc limit 10 ), shared as materialized ( select w.detail, count(*) /
          (select count(*)::float8
            from best) as part
          from worded w join best on best.id = w.id group by w.detail ), telling_word as ( select w.id, w.detail, w.weight * (1 + 4::float8 * coalesce(s.part, 0)) as weight
          from worded w left join shared s using (detail) ), reason as ( select *
          from other
          union all select id, 'text', detail, null, weight
          from telling_word ) select id, sum(weight)::real as score, json_agg(json_build_object('kind', kind, 'detail', detail, 'count', count, 'weight', weight::real)
          order by weight desc, kind, detail) as reasons
        from reason group by id) o join papers p on p.id = o.id
      where true
      order by o.score desc,p.citation_count desc,o.id desc limit 3)) as items
  from unnest($1::bigint[]) as parent(id);

-- sources of a paper
-- { paper(ref: "arXiv:2101.00001") { sources { source url fetchedAt } conflicts { field } } }

with named as ( select t.paper_id, t.scheme, t.value, t.reason
    from contested_identifiers t
    where t.paper_id = any($1::bigint[])
    union all select distinct i.paper_id, i.scheme, i.value, null
    from paper_identifiers i join contested_identifiers t on t.scheme = i.scheme and t.value = i.value
    where i.paper_id = any($2::bigint[]) ) select n.paper_id, json_agg(json_build_object('identifier', n.scheme || ':' || n.value, 'isShown', n.reason is null, 'sources', array( select distinct s.source
        from source_records s
        where s.paper_id = n.paper_id and s.record->'identifiers' @> jsonb_build_array(jsonb_build_object('scheme', n.scheme, 'value', n.value))
        order by 1), 'paperIds', o.ids, 'paperCount', o.count, 'reason', coalesce(n.reason, o.reason))
    order by n.scheme, n.value) as contested
  from named n cross join lateral ( select (array_agg(c.paper_id
        order by c.place, c.paper_id))[1:$3::int] as ids, count(*)::int as count, min(c.reason) as reason
    from ( select i.paper_id, 0 as place, null as reason
      from paper_identifiers i
      where i.scheme = n.scheme and i.value = n.value
      union all select t.paper_id, 1, t.reason
      from contested_identifiers t
      where t.scheme = n.scheme and t.value = n.value ) c
    where c.paper_id <> n.paper_id ) o group by n.paper_id;

select json_agg(json_build_array(p.id)) as items
  from papers p
  where p.id =
  (select i.paper_id
    from unnest($1::identifier_scheme[], $2::text[]) with ordinality as c(scheme, value, place) join paper_identifiers i on i.scheme = c.scheme and i.value = c.value
    order by c.place limit 1);

select parent.id, to_json(array
    (select json_build_array(s.key,s.source,( select json_agg(json_build_array(c.field, c.value, coalesce(c.is_shown, false)))
          from
          (select s.record - 'references' as r, jsonb_array_length(coalesce(s.record->'references', '[]')) as "references" offset 0) as x cross join lateral ( select *
            from (values ($1::text, x.r->>'title', x.r->>'title' = p.title),($2::text,
                (select string_agg(a.v->>'name', '; '
                    order by a.n)
                  from jsonb_array_elements(x.r->'authors') with ordinality a(v, n)
                  where a.n <= $3::int) || case when x.r->>'hasMoreAuthors' = 'true' then $4 else '' end,
                (select string_agg(a.v->>'name', '; '
                    order by a.n)
                  from jsonb_array_elements(x.r->'authors') with ordinality a(v, n)
                  where a.n <= $5::int) || case when x.r->>'hasMoreAuthors' = 'true' then $6 else '' end =
                (select string_agg(a.name, '; '
                    order by a.position)
                  from authorships a
                  where a.paper_id = p.id and a.position <= $7::int) || case when p.has_more_authors then $8 else '' end),($9::text, x.r->>'abstract', x.r->>'abstract' = p.abstract),($10::text, x.r->>'tldr', x.r->>'tldr' = p.tldr),($11::text, x.r->>'authorSummary', x.r->>'authorSummary' = p.author_summary),($12::text, nullif(upper(x.r->>'kind'), 'OTHER'), nullif(upper(x.r->>'kind'), 'OTHER') = upper(p.kind::text)),($13::text, left(x.r->'published'->>'on', case x.r->'published'->>'precision' when 'year' then 4 when 'month' then 7 else 10 end), left(x.r->'published'->>'on', case x.r->'published'->>'precision' when 'year' then 4 when 'month' then 7 else 10 end) = left(p.published_on::text, case p.published_precision::text when 'year' then 4 when 'month' then 7 else 10 end)),($14::text, x.r->>'eventYear', x.r->>'eventYear' = p.event_year::text),($15::text, x.r->'venue'->>'name', x.r->'venue'->>'slug' = v.slug),($16::text, x.r->>'language', x.r->>'language' = p.language),($17::text, x.r->>'landingUrl', x.r->>'landingUrl' = p.landing_url),($18::text, x.r->>'pdfUrl', x.r->>'pdfUrl' = p.pdf_url),($19::text, nullif(x.r->>'isRetracted', 'false'), nullif(x.r->>'isRetracted', 'false') = p.is_retracted::text),($20::text, x.r->>'upvoteCount', x.r->>'upvoteCount' = p.upvote_count::text),($21::text, x.r->>'citationCount', x.r->>'citationCount' = p.citation_count::text),($22::text, nullif(x.references, 0)::text, true),($23::text,
                (select concat_ws(' ', upper(o.v->>'status'), o.v->>'url')
                  from (values (x.r->'openAccess')) as o(v)), exists
                (select
                  from paper_open_access oa
                  where oa.paper_id = p.id and oa.source = s.source))) as one(field, value, is_shown)
            union all select $24::text, y.value, true
            from
            (select e.v->>'scheme' || ':' || (e.v->>'value')
              from jsonb_array_elements(x.r->$25::text) with ordinality e(v, n)
              where e.n <= $26::int
              order by e.n) as y(value)
            union all select $27::text, y.value, true
            from
            (select e.v->>'name'
              from jsonb_array_elements(x.r->$28::text) with ordinality e(v, n)
              where e.n <= $29::int
              order by e.n) as y(value)
            union all select $30::text, y.value, true
            from
            (select e.v #>> '{}'
              from jsonb_array_elements(x.r->$31::text) with ordinality e(v, n)
              where e.n <= $32::int
              order by e.n) as y(value)
            union all select $33::text, y.value, true
            from
            (select e.v->>'url'
              from jsonb_array_elements(x.r->$34::text) with ordinality e(v, n)
              where e.n <= $35::int
              order by e.n) as y(value)
            union all select $36::text, y.value, true
            from
            (select i.name
              from ( select distinct on (i.name) i.name, a.n, i.m
                from jsonb_array_elements(x.r->'authors') with ordinality a(v, n) cross join lateral
                (select e.v->>'name', e.m
                  from jsonb_array_elements(a.v->'institutions') with ordinality e(v, m)) i(name, m)
                order by i.name, a.n, i.m ) i
              order by i.n, i.m limit $37::int) as y(value)
            union all select $38::text, y.value, true
            from
            (select concat_ws(': ', nullif(concat_ws(' ', coalesce(e.v->'venue'->>'acronym', e.v->'venue'->>'name'), e.v->>'year'), ''), nullif(concat_ws(', ', coalesce(e.v->>'status', replace(e.v->>'outcome', '_', ' ')), e.v->>'track', e.v->>'award', e.v->>'session', e.v->>'area', 'rating ' || (e.v->'rating'->>'mean')), ''))
              from jsonb_array_elements(x.r->$39::text) with ordinality e(v, n)
              where e.n <= $40::int
              order by e.n) as y(value)
            union all select $41::text, y.value, true
            from
            (select upper(e.v->>'kind') || ' ' || (e.v->>'url')
              from jsonb_array_elements(x.r->$42::text) with ordinality e(v, n)
              where e.n <= $43::int
              order by e.n) as y(value)
            union all select $44::text, y.value, true
            from
            (select concat_ws(' ', upper(e.v->>'kind'), e.v->>'number', e.v->>'on', e.v->>'notice')
              from jsonb_array_elements(x.r->$45::text) with ordinality e(v, n)
              where e.n <= $46::int
              order by e.n) as y(value) ) as c(field, value, is_shown)
          where c.value <> ''))
      from source_records s join papers p on p.id = s.paper_id left join venues v on v.id = p.venue_id
      where s.paper_id = parent.id
      order by coalesce(($47::text::jsonb->>(s.record->>'kind'))::int, 2) asc,(s.record->>'venue' is null)::int asc,coalesce(array_position($48::text[], s.source), 1000) asc,s.source collate "C" asc,array_position($49::text[], s.record->>'kind') asc,s.key asc limit 100)) as items
  from unnest($50::bigint[]) as parent(id);

select parent.id, to_json(array
    (select json_build_array(s.key,s.source,s.key,s.record->'identifiers',s.fetched_at)
      from source_records s join papers p on p.id = s.paper_id left join venues v on v.id = p.venue_id
      where s.paper_id = parent.id
      order by coalesce(($1::text::jsonb->>(s.record->>'kind'))::int, 2) asc,(s.record->>'venue' is null)::int asc,coalesce(array_position($2::text[], s.source), 1000) asc,s.source collate "C" asc,array_position($3::text[], s.record->>'kind') asc,s.key asc limit 20)) as items
  from unnest($4::bigint[]) as parent(id);

-- a search
-- { search(query: "sparse models", first: 5) { totalCount edges { score node { title } } } }

select
  (select json_build_object('papers', paper_count, 'tiers', tier_counts)
    from search_statistics) as size, 1::float8 as filter_share, null as linked,
  (select json_agg(json_build_object('coined', coined.papers, 'longs', longs.queries, 'shorts', shorts.queries)
      order by r.place)
    from
    (select array_agg(search_words(t.text)
        order by t.place) as words
      from unnest($1::text[]) with ordinality as t(text, place) offset 0) g cross join unnest($2::text[], $3::int[], $4::int[], $5::text[], $6::text[], $7::text[], $8::text[]) with ordinality as r(key, first, last, stem, pattern, beginning, ending, place) cross join lateral ( select nullif(phraseto_tsquery('paperql', array_to_string(g.words[r.first:r.last], ' '))::text, '') as query offset 0) w cross join lateral ( select coalesce(json_agg(json_build_array(x.paper_id, x.strength, x.share, x.citation_count, x.year, x.title)), '[]') as papers
      from ( select distinct on (x.paper_id) x.paper_id, x.strength, x.share, p.citation_count, p.published_sort, coalesce(extract(year
            from p.published_on)::int, 9999) as year, left(p.title, 40) as title
        from (
          (select c.paper_id, c.strength, c.share, 0 as least_cites
            from coined_names c
            where c.key = r.key
            order by c.strength desc, c.share desc, c.paper_id limit 20)
          union all
          (select c.paper_id, c.strength, c.share, $9::int * a.paper_count
            from ( select w.query as query
              union all
              (select m.long_query
                from acronyms m
                where m.key = r.key and m.share >= $10::real)) m join acronyms a on a.long_query = m.query and a.key <> r.key and a.share >= $11::real join coined_names c on c.key = a.key and c.share = a.share limit 20)
          union all
          (select h.id, $12::smallint, 1::real, 0
            from ( select id, title_key
              from papers
              where r.stem is not null and title_key >= r.stem and title_key < r.stem || chr(1114111)
              order by title_key, id limit $13::int) t join papers h on h.id = t.id
            where t.title_key ~ r.pattern and not exists
            (select
              from coined_names k
              where k.key = r.key)
            order by h.citation_count desc, h.id limit 1)
          union all
          (select h.id, $14::smallint, 1::real, $15::int * n.paper_count
            from search_lexemes n join papers h on key_vector(h.title_key) @@ r.beginning::tsquery and h.title_search @@ ( select replace(substring(a.long_query
                  from '''[^'']+'' <-> ''[^'']+''$'), '<->', '&')::tsquery
              from acronyms a
              where a.key = r.ending
              order by a.paper_count desc, a.long_query limit 1)
            where r.ending is not null and n.lexeme = r.key and n.title_count >= $16::int and not exists
            (select
              from coined_names k
              where k.key = r.key)
            order by h.citation_count desc, h.id limit 1)) x join papers p on p.id = x.paper_id
        where p.citation_count >= x.least_cites
        order by x.paper_id, x.strength desc) x) coined cross join lateral ( select coalesce(json_agg(json_build_array(x.long_query, x.paper_count, x.share, ( select json_agg(json_build_array(x.lexeme, coalesce(l.paper_count, 0), coalesce(l.title_count, 0)))
              from
              (select m[1] as lexeme
                from regexp_matches(x.long_query, '''([^'']+)''', 'g') m) x left join search_lexemes l using (lexeme)))), '[]') as queries
      from ( select a.long_query, a.paper_count, a.share
        from acronyms a
        where a.key = r.key and a.share >= $17::real
        order by a.paper_count desc, a.long_query limit 3) x) longs cross join lateral ( select coalesce(json_agg(json_build_array(x.query, x.paper_count, ( select json_agg(json_build_array(x.lexeme, coalesce(l.paper_count, 0), coalesce(l.title_count, 0)))
              from
              (select m[1] as lexeme
                from regexp_matches(x.query, '''([^'']+)''', 'g') m) x left join search_lexemes l using (lexeme)))), '[]') as queries
      from ( select search_term(a.key)::text as query, a.paper_count
        from acronyms a
        where a.long_query = w.query and a.share >= $18::real
        order by a.paper_count desc, a.key limit 2) x
      where x.query <> '') shorts) as names,
  (select json_agg(json_build_object('query', w.query::text, 'lexemes', own.lexemes, 'head', coalesce(phraseto_tsquery('paperql', regexp_replace(w.words, '\S+$', ''))::text, ''), 'last', w.last, 'continued', continued.lexemes, 'near', near.words, 'venue', own.most = 0 and (exists
          (select
            from venues v
            where v.slug = t.venue) or exists ( select
            from venues
            where key_vector(name_key || ' ' || lower(left(coalesce(acronym, ''), 100))) @@ plainto_tsquery('simple', t.text) and lower(left(coalesce(acronym, ''), 100)) = lower(t.text))), 'authors', named.authors)
      order by t.place)
    from unnest($19::text[], $20::text[], $21::text[], $22::text[], $23::text[], $24::bool[]) with ordinality as t(text, kind, pattern, name, venue, misprint, place) cross join lateral
    (select search_words(t.text) as words offset 0) s cross join lateral
    (select s.words, unaccent(substring(s.words
          from '\S+$')) as last, case when position(' ' in s.words) = 0 then phraseto_tsquery('paperql', s.words) else search_term(t.text) end as query offset 0) w cross join lateral ( select coalesce(json_agg(json_build_array(x.lexeme, coalesce(l.paper_count, 0), coalesce(l.title_count, 0))), '[]') as lexemes, coalesce(max(l.paper_count), 0) as most, count(*) as size
      from unnest(tsvector_to_array(to_tsvector('paperql', w.words))) as x(lexeme) left join search_lexemes l using (lexeme)) own cross join lateral ( select coalesce(json_agg(json_build_array(c.lexeme, c.paper_count, c.title_count)), '[]') as lexemes
      from ( select distinct l.*
        from
        (select case when t.pattern is not null then substring(t.pattern
            from '^[^%_]*') when t.kind = 'prefix' then w.last end as head offset 0) h join search_words d on d.word >= h.head and d.word < h.head || chr(1114111) and (t.pattern is null or d.word like t.pattern) join search_lexemes l using (lexeme)
        order by l.paper_count desc, l.lexeme limit $25) c) continued cross join lateral
    (select unaccent(w.words) as word, case when own.most = 0 then 0 when t.misprint and own.most <=
      (select greatest($26::int, paper_count / $27)
        from search_statistics) then $28::int * own.most end as least offset 0) plain cross join lateral
    (select array
      (select overlay(plain.word placing reverse(substr(plain.word, n, 2))
          from n for 2)
        from generate_series(1, least(length(plain.word), 40) - 1) n) as words offset 0) turned cross join lateral ( select coalesce(json_agg(json_build_array(c.word, c.lexeme, c.paper_count, c.title_count)), '[]') as words
      from ( select d.word, l.*
        from search_words d join search_lexemes l using (lexeme)
        where $29 and t.place <= $30 and t.kind = 'word' and own.size = 1 and plain.least is not null and l.paper_count >= plain.least and length(plain.word) between $31 and 40 and plain.word collate paperql ~ '[[:alpha:]]' and (d.word % plain.word or d.word = any(turned.words) or (d.word >= left(plain.word, 2) and d.word < left(plain.word, 2) || chr(1114111))) and abs(length(d.word) - length(plain.word)) <= 2 and levenshtein_less_equal(d.word, left(plain.word, 40), 2) <= 2
        order by l.paper_count desc, d.word limit 200) c) near cross join lateral
    (select case when is_unspaced(t.name) then t.name else unaccent(case when t.name = t.text then w.words else search_words(t.name) end) end as words offset 0) n cross join lateral ( select coalesce(json_agg(json_build_array(c.id, c.paper_count)), '[]') as authors
      from ( select u.id, u.paper_count
        from authors u
        where (own.size = 1 or (t.kind = 'word' and (is_unspaced(t.text) or t.text collate paperql ~ '^[[:alpha:]]{2,30}-[[:alpha:]]{2,30}$'))) and own.most <= $32::float8 *
        (select paper_count
          from search_statistics) and key_vector(u.name_key || u.other_names) @@ case when n.words collate paperql ~ '^[[:alpha:]]{2,30}( [[:alpha:]]{2,30})?$' then ('''' || replace(n.words, ' ', ''' & ''') || '''')::tsquery end
        order by u.paper_count desc, u.id limit $33) c) named) as terms;

select count(*) as count
  from (with matching as materialized (with band_0 as materialized
      (select p.id
        from papers p
        where p.search @@ $1::tsquery
        order by search_citation_score(p.citation_count) + search_freshness_score(p.published_on) desc, p.id desc limit $2) select *
      from
      (select *
        from band_0) b limit $3) select *
    from matching union
    (select p.id
      from papers p
      where p.title_key = any($4::text[]) and true
      order by length(p.title_key) desc, p.id limit $5)) m;

select to_json(array
    (select json_build_array(p.id,p.title,s.score,s.score,s.text,s.citations,s.freshness)
      from
      (select *
        from ( select p.id, (($1::float8 * (coalesce(w.terms, 0) + n.pairs) + $2::float8 * coalesce(w.titled, 0) ^ 2 / ($3::float8 * greatest(length(p.title_search), w.titled, 1)))::real + search_citation_score(p.citation_count) + search_freshness_score(p.published_on)) as score, ($4::float8 * (coalesce(w.terms, 0) + n.pairs) + $5::float8 * coalesce(w.titled, 0) ^ 2 / ($6::float8 * greatest(length(p.title_search), w.titled, 1)))::real as text, search_citation_score(p.citation_count) as citations, search_freshness_score(p.published_on) as freshness
          from (with matching as materialized (with band_0 as materialized
              (select p.id, p.search, p.title_search, p.citation_count, p.published_on
                from papers p
                where p.search @@ $7::tsquery
                order by search_citation_score(p.citation_count) + search_freshness_score(p.published_on) desc, p.id desc limit $8) select *
              from
              (select *
                from band_0) b limit $9) select distinct on (id) *
            from
            (select *
              from matching
              union all
              (select p.id, p.search, p.title_search, p.citation_count, p.published_on
                from papers p
                where p.title_key = $10 and true
                order by p.id limit 20)
              union all
              (select p.id, p.search, p.title_search, p.citation_count, p.published_on
                from papers p
                where p.title_key = any($11::text[]) and true
                order by length(p.title_key) desc, p.id limit $12)) u
            order by id) p cross join lateral
          (select p.search || ''::tsvector as search offset 0) v cross join lateral
          (select sum(t.weight * least($13::float8, t.scale * ts_rank($14::real[], v.search, t.rank))) as terms, count(*) filter (where p.title_search @@ t.rank) as titled
            from unnest($15::tsquery[], $16::tsquery[], $17::float8[], $18::float8[]) as t(rank, gate, weight, scale)
            where t.gate is null or v.search @@ t.gate) w cross join lateral ( select coalesce(sum(case when p.title_search @@ n.query then n.weight else n.weight / 2 end), 0) as pairs
            from unnest($19::tsquery[], $20::float8[]) as n(query, weight)
            where v.search @@ n.query) n) s
        where true
        order by s.score desc,s.id desc limit 5) s join papers p on p.id = s.id
      where true
      order by s.score desc,s.id desc limit 5)) as items;

-- suggestions while somebody types
-- { suggest(prefix: "spa", first: 5) { label node { id } } }

with hits as
  (select *
    from suggestions($1::text, $2::text[], $3::text[], $4::int)), led as materialized ( select 'topic' as kind, t.id, $5::text as key, t.paper_count as use, ln((1 + t.paper_count)::float8) / ln((2 + m.use)::float8) as share, false as is_corrected, null::text[] as meant
    from topics t cross join lateral
    (select s.use
      from suggestables s
      where s.kind = 'topic'
      order by s.use desc, s.id desc limit 1) m
    where t.id = coalesce(
      (select o.id
        from topics o
        where o.slug = $6::text),
      (select topic_led_by($7::text, $8::text)))), named as
  (select *
    from led
    union all select h.*
    from hits h
    where (h.kind, h.id) not in
    (select kind, id
      from led)), ranked as
  (select *, row_number() over (partition by kind
      order by use desc, id desc) as place
    from named), chosen as materialized
  (select *, row_number() over (order by is_corrected, share + case when key = $9::text or (kind in ('author', 'institution') and strpos(' / ' || key || ' / ', $10::text) > 0) then $11::float8 when starts_with(key, $12::text) then $13::float8 else 0 end desc, use desc, kind, id desc) as rank
    from ranked
    order by rank limit $14::int) select
  (select json_agg(json_build_array(kind, id, use, is_corrected)
      order by rank)
    from chosen) as chosen,
  (select array_to_json(meant)
    from chosen
    where is_corrected limit 1) as variants,
  (select json_agg(json_build_array(p.id,p.title,date_part('year', p.published_on)::int))
    from papers p
    where p.id = any(array
      (select id
        from chosen
        where kind = $15::text))) as paper,
  (select json_agg(json_build_array(u.id,u.name,u.paper_count))
    from authors u
    where u.id = any(array
      (select id
        from chosen
        where kind = $16::text))) as author,
  (select json_agg(json_build_array(t.id,t.name,t.slug,t.kind))
    from topics t
    where t.id = any(array
      (select id
        from chosen
        where kind = $17::text))) as topic,
  (select json_agg(json_build_array(v.id,v.name,v.acronym,v.slug,v.kind))
    from venues v
    where v.id = any(array
      (select id
        from chosen
        where kind = $18::text))) as venue,
  (select json_agg(json_build_array(i.id,i.name,i.acronyms,i.slug,i.country,i.paper_count))
    from institutions i
    where i.id = any(array
      (select id
        from chosen
        where kind = $19::text))) as institution,
  (select json_agg(json_build_array(r.id,r.url))
    from repositories r
    where r.id = any(array
      (select id
        from chosen
        where kind = $20::text))) as repository;

-- several fields of the query
-- { papers(first: 2) { nodes { title } } stats { paperCount } venues(first: 2) { nodes { name } } }

-- by resolvers
select count(*) as count
  from papers p
  where true;

select to_json(array
    (select json_build_array(p.id,p.title,p.published_sort)
      from papers p
      where true
      order by p.published_sort desc,p.id desc limit 2)) as items;

select to_json(array
    (select json_build_array(v.id,v.name,v.paper_count)
      from venues v
      where true
      order by v.paper_count desc,v.id desc limit 2)) as items;

-- by Postgres, as far as it can
select ('{"nodes":['::text ||
    (select string_agg(coalesce(x.t, E'\x01'), ',')
      from
      (select (('{"name":'::text || to_json(v.name)::text || '}'::text)) as t
        from venues v
        where true
        order by v.paper_count desc,v.id desc limit 2) x) || ']}'::text);

select ('{"nodes":['::text ||
    (select string_agg(coalesce(x.t, E'\x01'), ',')
      from
      (select (('{"title":'::text || to_json(p.title)::text || '}'::text)) as t
        from papers p
        where true
        order by p.published_sort desc,p.id desc limit 2) x) || ']}'::text);

select count(*) as count
  from papers p
  where true;
