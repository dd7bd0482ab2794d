import type { Config } from '../../config.ts'
import { examine } from '../../digest/doctor.ts'
import { createLog } from '../../log.ts'
import { openMailer } from '../../mail/mailer.ts'
import { EXIT } from '../base/exit.ts'

export async function runDoctor(config: Config): Promise<void> {
  const mailer = openMailer(config.mail, createLog(config.logLevel))
  const findings = await examine({ config, mailer })
  await mailer.close()
  for (const { what, isGood, says } of findings)
    console.log(`${isGood ? 'good ' : 'FIX  '} ${what}: ${says}`)
  if (findings.some(({ isGood }) => !isGood)) process.exitCode = EXIT.failure
}
