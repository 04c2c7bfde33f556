/**
 * The catalogue of everything that can go wrong between a person and a path: one entry for each code, used by the pages,
 * the command line and the API. Dutch is for the pages (u-vorm, with a way out), English for the command line and logs.
 */
import { isLocalDate } from '../domain/dates.ts';
import type { Refusal, RefusalCode } from '../domain/refusals.ts';

/** What does not come from a rule of a path. */
export const otherCodes = [
  'unavailable',
  'store-away',
  'unknown-path',
  'bad-input',
  'form-too-large',
  'path-taken',
  'round-closed',
  'coordinator-other',
  'files-not-read',
  'form-incomplete',
  'form-expired',
  'upload-too-large',
  'sign-in-needed',
  'sign-in-unknown',
  'sign-in-used',
  'sign-in-expired',
  'forbidden',
  'administrators-only',
  'only-reading',
  'call-day-wrong',
  'not-your-note',
  'region-page-moved',
  'region-page-closed',
  'link-forged',
  'link-expired',
  'link-revoked',
  'link-cookie-missing',
  'calendar-unknown',
  'calendar-renewed',
  'export-too-large',
  'account-exists',
  'account-unknown',
  'own-account',
  'last-administrator',
  'oidc-denied',
  'oidc-expired',
  'oidc-unavailable',
  'oidc-failed',
  'oidc-unknown',
  'not-found',
  'too-many-requests',
  'token-missing',
  'token-invalid',
  'only-without-people',
  'method-not-allowed',
  'media-type',
  'body-not-json',
  'body-too-large',
  'idempotency-key-missing',
  'idempotency-key-reused',
  'still-running',
  'unexpected',
] as const;
export type ErrorCode = RefusalCode | (typeof otherCodes)[number];

export interface ErrorEntry {
  /** HTTP status of a page or an API answer. */
  status: number;
  /** Exit code of the command line: 1 failure, 2 bad input, 3 server not reachable, 4 refused by a rule. */
  exit: 1 | 2 | 3 | 4;
  /** `{name}` stands for a detail of the refusal. */
  nl: string;
  en: string;
}

const rule = (nl: string, en: string, status = 409): ErrorEntry => ({ status, exit: 4, nl, en });
const input = (nl: string, en: string, status = 422): ErrorEntry => ({ status, exit: 2, nl, en });

export const errorCatalogue: Record<ErrorCode, ErrorEntry> = {
  'path-ended': rule(
    'Dit traject is afgesloten. Er kan niets meer genoteerd worden; vraag de beheerder om het te heropenen.',
    'The path has ended. Only an administrator can reopen it.',
  ),
  'path-not-ended': rule('Dit traject loopt nog; heropenen is niet nodig.', 'The path has not ended.'),
  'path-paused': rule('Dit traject is al gepauzeerd.', 'The path is paused already.'),
  'path-not-paused': rule('Dit traject is niet gepauzeerd.', 'The path is not paused.'),
  'not-allowed': rule(
    'Dat kan niet met uw link of uw rol. Vraag het aan de coördinator.',
    'Who asks this may not do it.',
    403,
  ),
  'unknown-party': input('Deze gemeente neemt niet deel.', 'No such party takes part: {party}.', 404),
  'party-left': rule(
    'Deze gemeente neemt sinds {on} niet meer deel. Vraag de coördinator om haar opnieuw toe te voegen als dat niet klopt.',
    'The party {party} left on {on}.',
  ),
  'party-exists': rule('Deze gemeente neemt al deel.', 'The party {party} takes part already.'),
  'unknown-decision': input('Die beslissing hoort niet bij dit traject.', 'No such decision: {decision}.', 404),
  'unknown-task': input('Die taak hoort niet bij dit traject.', 'No such task: {task}.', 404),
  'unknown-route': input('Die route bestaat niet. Kies er een uit de lijst.', 'No such route: {route}.'),
  'unknown-body': input('Dat orgaan bestaat niet in dit traject.', 'No such body: {body}.'),
  'unknown-item': input('Die taak, beslissing of datum bestaat niet.', 'No such task, decision or date: {item}.'),
  'not-on-route': rule('Dat hoort niet bij de gekozen route.', 'Not part of the route that was chosen.'),
  'not-concerned': rule('Deze beslissing wordt hier niet gevraagd.', 'This is not asked of this party.'),
  'not-requested': rule(
    'Deze beslissing is nog niet gevraagd. U krijgt een mail zodra de tekst klaar is.',
    'The decision {decision} was not requested yet.',
  ),
  'not-open-yet': rule('Dit kan nog niet: eerst moet iets anders klaar zijn.', 'Not open yet: it needs {needs} first.'),
  'too-early-to-ask': rule('Deze beslissing mag pas vanaf {from} gevraagd worden.', 'Not to be asked before {from}.'),
  'already-answered': rule(
    'Hier is al een beslissing genoteerd. Klopt ze niet? Verbeter ze dan met een reden.',
    'Answered already: use `correct` with a reason.',
  ),
  'already-requested': rule('Deze tekst is al verstuurd en wacht op antwoord.', 'This text was requested already.'),
  'nothing-to-correct': rule('Er is nog geen antwoord om te verbeteren.', 'There is no answer to correct.'),
  'not-decided-yet': rule(
    'Hier is nog niets beslist. Noteer eerst de beslissing.',
    'Nothing was decided about {decision} yet.',
  ),
  'nothing-to-accept': rule('Er zijn geen wijzigingen om te aanvaarden.', 'There are no changes to accept.'),
  'nothing-to-request': rule(
    'Iedereen heeft deze tekst al gekregen of goedgekeurd.',
    'Everybody has been asked or has approved.',
  ),
  'not-optional': rule(
    'Deze beslissing is verplicht; u kunt ze niet laten vallen.',
    'The decision {decision} is not optional.',
  ),
  'text-version-too-low': rule(
    'Er is al een nieuwere versie van deze tekst verstuurd ({current}).',
    'Version {version} is older than version {current}.',
  ),
  'text-version-unchanged': rule(
    'Opnieuw vragen kan alleen met een nieuwe versie van de tekst.',
    'To ask again who approved, give a higher text version than {version}.',
  ),
  'session-in-past': input(
    'Deze zitting is al voorbij. Kies wat er beslist is, of een zitting die nog komt.',
    'The session of {on} is in the past.',
  ),
  'session-in-future': input(
    'Deze datum ligt in de toekomst. Is het punt alleen geagendeerd? Kies dan “Geagendeerd”.',
    'The date {on} is in the future.',
  ),
  'new-session-not-later': input(
    'De nieuwe zitting moet na de vorige komen, en niet in het verleden liggen.',
    'The new session {to} must come after {on} and not lie in the past.',
  ),
  'changes-missing': input('Zeg wat er gewijzigd is.', 'Say what was changed.'),
  'task-done': rule('Deze taak is al afgevinkt.', 'The task {task} is done already.'),
  'task-not-done': rule('Deze taak is nog niet afgevinkt.', 'The task {task} is not done.'),
  'task-has-own-command': rule(
    'Deze taak vinkt u niet af: noteer het indienen of de beslissing zelf.',
    'The task {task} is done by record-submission or record-decision.',
  ),
  'route-fixed': rule(
    'De route kan niet meer veranderen: er is al iets verstuurd of gedaan dat alleen op de huidige route bestaat.',
    'The route is fixed: {item} belongs to the present one only.',
  ),
  'last-party': rule('De laatste gemeente kan niet vertrekken. Stop dan het traject.', 'The last party cannot leave.'),
  'round-other': rule('Dit traject hoort bij een andere ronde.', 'The path is of another round: {round}.'),
  'round-not-newer': rule(
    'Dit traject heeft al een nieuwere versie van de ronde ({version}).',
    'The path has version {version} of the round already: raise the version in the file.',
  ),
  'definition-other': rule(
    'Dit traject volgt een ander stappenplan.',
    'The path follows another definition: {definition}.',
  ),
  'definition-not-newer': rule(
    'Dit traject volgt al een nieuwere versie van het stappenplan ({version}).',
    'The path has version {version} of the definition already: raise the version in the file.',
  ),
  'answers-would-be-lost': rule(
    'Dat kan niet: er is al een antwoord op een beslissing die in het nieuwe stappenplan niet meer bestaat of door een ander orgaan genomen wordt.',
    'An answer would be lost: {decision} of {party} has one, and the newer definition does not ask it of that body.',
  ),
  'nothing-changed': rule('Dit was al zo; er is niets veranderd.', 'Nothing would change.'),
  'invalid-date': input(
    'Dit is geen geldige datum. Schrijf dag-maand-jaar, bijvoorbeeld 24-06-2031.',
    'Not a day that can be used: {value}. Write YYYY-MM-DD.',
  ),
  'invalid-value': input('Dit is niet goed ingevuld.', 'Not a proper value for {field}.'),
  'text-too-long': input('Deze tekst is te lang: hoogstens {max} tekens.', 'The text is longer than {max} characters.'),
  'not-submitted': rule(
    'Er is nog niets ingediend. Noteer eerst het indienen.',
    'Nothing was submitted yet: record-submission comes first.',
  ),
  'already-submitted': rule('Het indienen is al genoteerd, op {on}.', 'Submitted already, on {on}.'),
  'date-too-far': input(
    'De datum {on} kan niet kloppen: hij ligt vóór deze ronde of meer dan drie jaar ver. Kijk het jaar na.',
    'The date {on} lies before the round or more than three years ahead.',
  ),
  'mail-not-coming': rule(
    'Deze mail is intussen vertrokken, veranderd of niet meer nodig. Kijk opnieuw op de lijst.',
    'No such mail is to come for this person: it was sent, answered or changed.',
  ),
  'mail-not-held': rule('Deze mail wordt niet tegengehouden.', 'This mail is not held.'),
  'mail-under-way': rule(
    'Er is al een mail naar deze persoon onderweg. Wacht tot die is aangekomen.',
    'Another mail to this person is under way.',
  ),
  'mails-paused': rule(
    'Dit traject is gepauzeerd: er vertrekken geen mails. Hervat het eerst.',
    'The path is paused, so no mail goes out: resume it first.',
  ),
  'mail-too-early': rule(
    'Deze mail kan pas na {on} vertrekken: tot dan klopt niet wat erin staat.',
    'What this mail says is not true before {on} is over.',
  ),
  'no-such-line': rule('Deze regel staat er niet (meer), of is al vertrokken.', 'There is no such line.'),
  'already-decided': rule('De beslissing is al genoteerd, van {on}.', 'Decided already, on {on}.'),

  'command-id-reused': rule(
    'Dit formulier is al eens verstuurd met een ander antwoord. Kijk na wat er genoteerd staat en vul het opnieuw in.',
    'This command id was used for another command: choose a new one.',
  ),
  unavailable: {
    status: 503,
    exit: 3,
    nl: 'Wij weten nog niet of dit is aangekomen. Probeer het over een minuut opnieuw: het telt maar één keer.',
    en: 'The server or its worker does not answer. Is `npm start` running? The same command can be sent again.',
  },
  'store-away': {
    status: 503,
    exit: 3,
    nl: 'De gegevens van Regiopad zijn even niet bereikbaar. Probeer het over een minuut opnieuw: wat genoteerd was, blijft genoteerd.',
    en: 'The dossier store cannot be reached now. What was accepted stays; the same can be sent again.',
  },
  'unknown-path': {
    status: 404,
    exit: 2,
    nl: 'Dit traject bestaat niet, of niet meer.',
    en: 'No such path is open.',
  },
  'bad-input': { status: 400, exit: 2, nl: 'Deze gegevens kloppen niet.', en: 'The input is not valid.' },
  'form-too-large': input(
    'U stuurt te veel in één keer: een formulier mag hoogstens 256 kB tekst bevatten. Ga terug en stuur minder tekst, of stuur het in twee keer.',
    'The form is too large: at most 256 kB.',
    413,
  ),
  'path-taken': rule(
    'Deze korte naam is al van een ander traject. Kies een andere.',
    'The id belongs to another path: choose another one.',
  ),
  'round-closed': rule(
    'Deze ronde is afgesloten: er kan geen traject meer in starten. Kies een andere ronde.',
    'The round is closed: no path can be started in it.',
  ),
  'coordinator-other': rule(
    'U start een traject als coördinator of plaatsvervanger. Vraag de beheerder om het voor iemand anders te starten.',
    'Who coordinates starts paths of their own; an administrator starts them for others.',
    403,
  ),
  'files-not-read': input(
    'Hier worden geen andere bestanden gelezen. Zet de zittingsdagen, de inwoners en de buren zelf bij elke gemeente.',
    'No files are read here. Give meeting days as a list or as text in place of ics, and inhabitants and adjoining with each municipality in place of facts.',
  ),
  'form-incomplete': input('Niet alles is ingevuld. Kijk de gemarkeerde velden na.', 'The form is not complete.'),
  'form-expired': {
    status: 403,
    exit: 1,
    nl: 'Dit formulier is te oud of komt van een andere plaats. Open de pagina opnieuw en verstuur het dan nog eens.',
    en: 'The form is too old or came from elsewhere.',
  },
  'upload-too-large': input(
    'Wat u stuurt is te groot: een bestand mag hoogstens {max} MB zijn. Ga terug, maak het kleiner en stuur het opnieuw.',
    'The file is too large: at most {max} MB.',
    413,
  ),
  'sign-in-needed': {
    status: 401,
    exit: 4,
    nl: 'Meld u eerst aan.',
    en: 'Sign in first.',
  },
  'sign-in-unknown': {
    status: 404,
    exit: 4,
    nl: 'Deze aanmeldlink bestaat niet. Vraag een nieuwe.',
    en: 'No such sign-in link.',
  },
  'sign-in-used': {
    status: 410,
    exit: 4,
    nl: 'Deze aanmeldlink is al gebruikt. Vraag een nieuwe.',
    en: 'The sign-in link was used already.',
  },
  'sign-in-expired': {
    status: 410,
    exit: 4,
    nl: 'Deze aanmeldlink is verlopen: hij werkt een uur. Vraag een nieuwe.',
    en: 'The sign-in link has expired.',
  },
  forbidden: {
    status: 403,
    exit: 4,
    nl: 'U volgt deze regio niet. Vraag de coördinator of de beheerder om toegang.',
    en: 'This account may not see this path.',
  },
  'call-day-wrong': input(
    'Kies vandaag of een dag daarna, binnen een jaar.',
    'The next step after a call lies between today and a year from now.',
  ),
  'administrators-only': {
    status: 403,
    exit: 4,
    nl: 'Deze pagina is voor de beheerders van Regiopad.',
    en: 'Only administrators may do this.',
  },
  'only-reading': {
    status: 403,
    exit: 4,
    nl: 'U kunt deze regio bekijken, maar niets wijzigen. Vraag het aan haar coördinator.',
    en: 'This account may look at the path, not change it.',
  },
  'not-your-note': {
    status: 403,
    exit: 4,
    nl: 'Deze notitie is van iemand anders. Alleen wie ze schreef, kan ze verwijderen.',
    en: 'Only who wrote a note may remove it.',
  },
  'region-page-moved': {
    status: 410,
    exit: 1,
    nl: 'De pagina van deze regio kreeg een ander adres. Vraag het nieuwe aan de coördinator van uw regio.',
    en: 'The page of the region has another address now.',
  },
  'region-page-closed': {
    status: 410,
    exit: 1,
    nl: 'De pagina van deze regio staat niet meer open. Vraag de coördinator van uw regio hoe het ermee staat.',
    en: 'The page of the region is closed.',
  },
  'link-forged': {
    status: 404,
    exit: 4,
    nl: 'Misschien is de link afgebroken: kopieer hem volledig uit de mail.',
    en: 'The link is not genuine or was cut off.',
  },
  'link-expired': {
    status: 410,
    exit: 4,
    nl: 'Deze link is verlopen.',
    en: 'The link has expired.',
  },
  'link-revoked': {
    status: 410,
    exit: 4,
    nl: 'Het aanspreekpunt of de plaatsvervanger is gewijzigd.',
    en: 'The link belongs to an earlier contact.',
  },
  'link-cookie-missing': {
    status: 401,
    exit: 4,
    nl: 'Open deze pagina met de link uit uw mail.',
    en: 'Open the page by the link in the mail.',
  },
  'calendar-unknown': input(
    'Deze agenda bestaat niet. Neem het adres opnieuw over van uw pagina Account in Regiopad.',
    'There is no calendar at this address.',
    404,
  ),
  'calendar-renewed': input(
    'Dit adres van uw agenda is vernieuwd en werkt niet meer. U vindt het nieuwe op uw pagina Account in Regiopad.',
    'The address of this calendar was renewed.',
    410,
  ),
  'export-too-large': input(
    'Deze tabel is te groot voor Excel. Kies één regio, of neem het CSV-bestand.',
    'Too many rows for a workbook: choose one path, or CSV.',
    413,
  ),
  'not-found': { status: 404, exit: 2, nl: 'Deze pagina bestaat niet.', en: 'There is nothing at this address.' },
  'account-exists': input(
    'Er is al een account met dit adres. Zoek het op in de lijst en wijzig het.',
    'There is an account with this address already: use `accounts change`.',
    409,
  ),
  'account-unknown': input('Dit account bestaat niet, of niet meer.', 'No such account.', 404),
  'own-account': rule(
    'Uw eigen rol en account kunt u niet zelf wijzigen of verwijderen. Vraag het aan een andere beheerder.',
    'Nobody changes the role of their own account, or removes it.',
  ),
  'last-administrator': rule(
    'Dit is de laatste beheerder. Maak eerst iemand anders beheerder.',
    'This is the last administrator: make somebody else one first.',
  ),
  'oidc-denied': {
    status: 403,
    exit: 4,
    nl: 'Het aanmelden met ACM/IDM is geannuleerd of geweigerd. U bent niet aangemeld.',
    en: 'The person or the identity provider refused to sign in.',
  },
  'oidc-expired': {
    status: 400,
    exit: 4,
    nl: 'Het aanmelden duurde te lang, of begon in een andere browser. Begin opnieuw.',
    en: 'The sign-in took too long, or began in another browser.',
  },
  'oidc-unavailable': {
    status: 503,
    exit: 3,
    nl: 'ACM/IDM antwoordt nu niet. Probeer het straks opnieuw, of meld u aan met een link in uw mail.',
    en: 'The identity provider does not answer.',
  },
  'oidc-failed': {
    status: 502,
    exit: 1,
    nl: 'ACM/IDM gaf een antwoord dat we niet konden controleren. U bent niet aangemeld. Begin opnieuw, of meld het aan de beheerder.',
    en: 'The answer of the identity provider could not be verified.',
  },
  'oidc-unknown': {
    status: 403,
    exit: 4,
    nl: 'U bent herkend door ACM/IDM, maar Regiopad heeft nog geen account voor u.',
    en: 'No account belongs to this identity.',
  },
  'too-many-requests': {
    status: 429,
    exit: 1,
    nl: 'Dat ging te snel na elkaar. Wacht een minuut en probeer het opnieuw.',
    en: 'Too many requests; wait a minute.',
  },
  // Said to programs. The Dutch is for who sees it in one.
  'token-missing': {
    status: 401,
    exit: 4,
    nl: 'Deze vraag had een toegangssleutel nodig.',
    en: 'Send a token: Authorization: Bearer rp_….',
  },
  'token-invalid': {
    status: 401,
    exit: 4,
    nl: 'Deze toegangssleutel bestaat niet, is ingetrokken of verlopen. Maak een nieuwe.',
    en: 'The token is unknown, was revoked or has expired.',
  },
  'only-without-people': {
    status: 403,
    exit: 4,
    nl: 'U kunt zien waar deze regio staat, maar niet wie er wat deed.',
    en: 'This account may read where the path stands, without its people.',
  },
  'method-not-allowed': {
    status: 405,
    exit: 2,
    nl: 'Dat kan niet op dit adres.',
    en: 'This address does not take that method; the Allow header says which it takes.',
  },
  'media-type': {
    status: 415,
    exit: 2,
    nl: 'Deze gegevens hebben een vorm die hier niet gelezen wordt.',
    en: 'Send the body as application/json.',
  },
  'body-not-json': { status: 400, exit: 2, nl: 'Deze gegevens zijn niet te lezen.', en: 'The body is no valid JSON.' },
  'body-too-large': { status: 413, exit: 2, nl: 'Wat u stuurt is te groot.', en: 'The body is too large.' },
  'idempotency-key-missing': {
    status: 400,
    exit: 2,
    nl: 'Deze vraag had een eigen nummer nodig, zodat ze maar één keer telt.',
    en: 'Send an Idempotency-Key: an id of your own for this request, the same when you repeat it.',
  },
  'idempotency-key-reused': input(
    'Dit nummer hoort bij een andere vraag.',
    'This Idempotency-Key belongs to another request: choose a new one.',
  ),
  'still-running': rule(
    'Dezelfde vraag wordt nog behandeld. Probeer het zo meteen opnieuw.',
    'The same request is still being handled; ask again in a moment.',
  ),
  unexpected: {
    status: 500,
    exit: 1,
    nl: 'Er ging iets mis bij ons. Kijk eerst na wat er genoteerd staat, en probeer het dan opnieuw.',
    en: 'Something unexpected went wrong.',
  },
};

/** How a language writes what a detail holds; by default as it is. */
export type DetailWords = (name: string, value: string | number) => string;

/**
 * The sentence of a code, with the details of a refusal in it. A detail that is not there leaves no gap: its braces are
 * taken out.
 */
export function errorText(
  code: ErrorCode,
  language: 'nl' | 'en',
  detail: Refusal['detail'] = {},
  words: DetailWords = (_name, value) => String(value),
): string {
  return errorCatalogue[code][language].replace(/ ?\{(\w+)\}/g, (whole, name: string) => {
    const value = detail[name];
    if (value === undefined) return '';
    return `${whole.startsWith(' ') ? ' ' : ''}${words(name, value)}`;
  });
}

/** Writes the days among the details with a function, and leaves the rest as it is. */
export const withDays =
  (write: (day: string) => string): DetailWords =>
  (_name, value) =>
    typeof value === 'string' && isLocalDate(value) ? write(value) : String(value);
