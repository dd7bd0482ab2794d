/**
 * Yields the outcomes of `read`, and throws a fault of the text only after every entry before it. Readers look ahead and hold back
 * entries, so to them the text simply ends at the fault. The last entry that they make of that end was cut off by the fault, and is
 * dropped.
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
      // Stopping caused this fault; the import will be resumed here.
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
