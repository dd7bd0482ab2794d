/**
 * What `read` yields of a text, whose fault is thrown once everything before it has been read. Readers look ahead, and keep
 * entries back that may belong to later ones: to them the text just ends. The entry furthest on that they make of that end is the
 * one that broke, which is left out.
 */
export async function* readToFault<Found extends { position: number }>(
  text: AsyncIterable<Buffer>,
  read: (text: AsyncIterable<Buffer>) => AsyncGenerator<Found>,
  signal?: AbortSignal,
): AsyncGenerator<Found> {
  const broken: { fault: unknown }[] = []
  async function* whole(): AsyncGenerator<Buffer> {
    try {
      yield* text
    } catch (fault) {
      // The fault of a reading that is stopped is of our own making, and it is resumed where it is now.
      if (signal?.aborted) throw fault
      broken.push({ fault })
    }
  }
  let last = -1
  let held: Found | null = null
  try {
    for await (const found of read(whole())) {
      const { position } = found
      const isFurther = position > last
      last = Math.max(last, position)
      if (broken.length === 0 || !isFurther) yield found
      else {
        if (held) yield held
        held = found
      }
    }
  } catch (error) {
    throw broken[0]?.fault ?? error
  }
  if (broken[0]) throw broken[0].fault
}
