/** Which sentences the code asks for: the keys that it writes out, and those that it puts together from values of known types. */
import { join } from 'node:path';
import ts from 'typescript';

export interface KeysInCode {
  /** Every text in the code, and every key that is put together from values of a known type. */
  written: Set<string>;
  /** Keys that are put together from what is only known when it runs, like `failure.*`, with their place. */
  open: Map<string, string>;
  /** What is asked for outright: `texts.text('…')`, `t(`…`)`. */
  asked: { key: string; file: string; line: number }[];
}

const root = join(import.meta.dirname, '..', '..');
const looksLikeKey = /^[a-z][\w-]*(?:\.[\w*-]+)+$/;
/** What has sentences, by the names of their types and functions. */
const givers = ['PageTexts', 'Locale', 'Phrases'];

/** Reads the code of some rooms with its types. */
export function keysInCode(rooms: string[]): KeysInCode {
  const config = ts.readConfigFile(join(root, 'tsconfig.json'), (file) => ts.sys.readFile(file));
  const { options, fileNames } = ts.parseJsonConfigFileContent(config.config, ts.sys, root);
  const relative = (file: string): string => file.slice(root.length + 1);
  const isOurs = (file: string): boolean => rooms.some((room) => relative(file).startsWith(`${room}/`));
  const program = ts.createProgram(fileNames.filter(isOurs), options);
  const checker = program.getTypeChecker();
  const found: KeysInCode = { written: new Set(), open: new Map(), asked: [] };

  /** All that an expression can be; `*` stands for what is not known. */
  function valuesOf(node: ts.Expression): string[] {
    if (ts.isStringLiteralLike(node)) return [node.text];
    if (ts.isConditionalExpression(node)) return [...valuesOf(node.whenTrue), ...valuesOf(node.whenFalse)];
    if (ts.isParenthesizedExpression(node)) return valuesOf(node.expression);
    if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken)
      return [...valuesOf(node.left), ...valuesOf(node.right)];
    if (ts.isTemplateExpression(node)) {
      const joined = (starts: string[], { expression, literal }: ts.TemplateSpan): string[] =>
        starts.flatMap((start) => valuesOf(expression).map((value) => `${start}${value}${literal.text}`));
      return node.templateSpans.reduce(joined, [node.head.text]);
    }
    const type = checker.getTypeAtLocation(node);
    const missing = ts.TypeFlags.Undefined | ts.TypeFlags.Null;
    const parts = (type.isUnion() ? type.types : [type]).filter((part) => (part.flags & missing) === 0);
    const isLiteral = (part: ts.Type) => part.isStringLiteral() || part.isNumberLiteral();
    return parts.length > 0 && parts.every(isLiteral) ? parts.map((part) => `${part.value}`) : ['*'];
  }

  function isAsking({ expression }: ts.CallExpression): boolean {
    if (ts.isIdentifier(expression)) return expression.text === 't';
    if (!ts.isPropertyAccessExpression(expression)) return false;
    const giver = checker.getTypeAtLocation(expression.expression).symbol as ts.Symbol | undefined;
    return ['text', 'html', 't'].includes(expression.name.text) && givers.includes(giver?.name ?? '');
  }

  function visit(node: ts.Node, file: ts.SourceFile): void {
    const line = (): number => file.getLineAndCharacterOfPosition(node.getStart()).line + 1;
    if (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)) {
      for (const value of valuesOf(node)) {
        if (!value.includes('*')) found.written.add(value);
        else if (looksLikeKey.test(value)) found.open.set(value, `${relative(file.fileName)}:${line()}`);
      }
    }
    // A key of an object can be the word that a key of a sentence is made with.
    if (ts.isPropertyAssignment(node) && ts.isIdentifier(node.name)) found.written.add(node.name.text);
    const [first] = ts.isCallExpression(node) && isAsking(node) ? node.arguments : [];
    for (const key of first === undefined ? [] : valuesOf(first)) {
      if (looksLikeKey.test(key) && !key.includes('*'))
        found.asked.push({ key, file: relative(file.fileName), line: line() });
    }
    ts.forEachChild(node, (child) => visit(child, file));
  }

  for (const file of program.getSourceFiles().filter(({ fileName }) => isOurs(fileName))) visit(file, file);
  return found;
}
