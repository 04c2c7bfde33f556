/** How mail servers and mail programs say things, in Dutch, French, German and English: patterns to recognise, not texts to show. */

/** Subjects of mails that came back without a proper report. */
export const bounceSubject =
  /undeliver|returned mail|return(?:ed)? to sender|delivery (?:status notification|failure|failed|has failed|problem)|mail delivery (?:failed|failure|system)|failure notice|non[- ]?delivery|message not delivered|not delivered|onbestelbaar|niet[- ](?:besteld|bezorgd|afgeleverd)|kan niet (?:worden )?(?:bezorgd|afgeleverd)|bezorging mislukt|mislukte bezorging|non remis|non distribu|échec de (?:la )?(?:remise|distribution)|unzustellbar|nicht zugestellt|zustellung fehlgeschlagen/i;

/** The same in a body, for subjects that say nothing. */
export const bounceText =
  /could not be delivered|couldn'?t be delivered|was(?: not|n't) delivered|delivery to the following recipients? (?:has )?failed|wasn't able to deliver|permanent(?:ly)? (?:fatal )?(?:error|failure|failed)|this is a permanent error|undeliverable|niet (?:worden )?(?:bezorgd|afgeleverd)|pas pu être (?:remis|distribué)|konnte nicht zugestellt werden/i;

export const delaySubject =
  /\bdelay(?:ed)?\b|warning: (?:message|could not send)|still (?:being )?(?:retried|trying)|vertraag|vertraging|retardé|verzöger/i;

export const delayText =
  /(?:has been|is|was) delayed|not yet been delivered|will (?:be retried|continue to be attempted|keep trying)|no action is required on your part|you do not need to resend|nog niet (?:bezorgd|afgeleverd)|pas encore été (?:remis|distribué)|noch nicht zugestellt/i;

/** Subjects by which absence is known. */
export const absenceSubject =
  /out[ -]of[ -](?:the[ -])?office|\booo\b|auto(?:matic|mated)?[ -]?(?:reply|response|answer)|on (?:holiday|leave|vacation)|vacation|away from|automatisch (?:antwoord|bericht)|afwezig|niet aanwezig|met (?:verlof|vakantie)|buiten kantoor|réponse automatique|absen(?:t|ce)|en congé|hors du bureau|automatische antwort|abwesen|nicht im (?:büro|haus)|im urlaub/i;

/** The beginning of the subject of what a person answers or passes on. */
export const answerSubject = /^(?:re|antw|betr|aw|wg|tr|fwd?|doorst)\s*:/i;

/** Subjects of machines that confirm having a mail: no absence. */
export const receiptSubject =
  /ontvangstb|uw (?:bericht|mail|e-mail|melding) (?:is|werd) (?:goed )?ontvangen|we hebben uw|received your|has been received|acknowledg|accusé de r[ée]ception|empfangsbest|eingangsbest|\[?(?:ticket|case|zaak|melding)[ #:-]*\d|^(?:read|gelezen|lu|delivered|gelesen|relayed|afgeleverd)\s?:|delivery status notification \(success\)|delivery receipt|read receipt/i;

/** Senders that are machines of the mail system itself. */
export const daemonAddress =
  /^(?:mailer[-_.]?daemon|mail[-_.]?daemon|postmaster|mdaemon|microsoftexchange[\w-]*|maildaemon)@|^mailer-daemon$/i;
