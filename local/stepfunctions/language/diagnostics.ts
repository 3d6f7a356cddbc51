/** What is wrong with a definition, as ValidateStateMachineDefinition tells it. */
export interface Diagnostic {
  /** AWS creates no machine whose definition has an ERROR. */
  readonly severity: 'ERROR' | 'WARNING';
  readonly code: string;
  readonly message: string;
  /** `/States/A/Next`, `/` … AWS gives none where the machine as a whole is wrong. */
  readonly location?: string;
}

/** What has been found so far. */
export class Diagnostics {
  readonly all: Diagnostic[] = [];
  errors = 0;

  error(location: string | undefined, message: string, code = 'SCHEMA_VALIDATION_FAILED'): void {
    this.errors += 1;
    this.#add('ERROR', location, message, code);
  }

  warn(location: string, message: string, code: string): void {
    this.#add('WARNING', location, message, code);
  }

  #add(severity: Diagnostic['severity'], location: string | undefined, message: string, code: string): void {
    this.all.push({ severity, code, message, ...(location === undefined ? {} : { location }) });
  }
}

/** The message of AWS's InvalidDefinition exception. */
export function invalidDefinitionMessage(diagnostics: readonly Diagnostic[]): string {
  const errors = diagnostics.filter(({ severity }) => severity === 'ERROR');
  const told = errors.map(({ code, message, location = 'null' }) => `${code}: ${message} at ${location}`);
  return `Invalid State Machine Definition: '${told.join(', ')}'`;
}
