/**
 * House rules that no published plugin holds. Each is a program because a rule that is only written down decays.
 */

const kebabCase = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+)*\.(ts|tsx|js)$/;
const forbiddenNames = /(^|-)(utils?|helpers?|common|manager|misc)(\.|-|$)/;

const fileNames = {
  meta: {
    type: "suggestion",
    messages: {
      kebab: "File names are kebab-case: {{name}}",
      vague: "A file is named after what it holds, not a drawer: {{name}}",
    },
  },
  create: (context) => ({
    Program(node) {
      const name = context.filename.split("/").pop() ?? "";
      if (!kebabCase.test(name)) context.report({ node, messageId: "kebab", data: { name } });
      if (forbiddenNames.test(name)) context.report({ node, messageId: "vague", data: { name } });
    },
  }),
};

const noBarrel = {
  meta: {
    type: "suggestion",
    messages: { barrel: "A file that only passes on other files' names hides where things live." },
  },
  create: (context) => ({
    Program(node) {
      const passesOn = (statement) =>
        statement.type === "ExportAllDeclaration" || (statement.type === "ExportNamedDeclaration" && statement.source);
      if (node.body.length > 0 && node.body.every(passesOn)) context.report({ node, messageId: "barrel" });
    },
  }),
};

const spokenAttributes = new Set(["aria-label", "aria-description", "alt", "title", "placeholder", "label", "hint"]);
const hasWords = (text) => /\p{L}/u.test(text);

const noLiteralText = {
  meta: {
    type: "problem",
    messages: { literal: "What a person reads comes from @xpressbuy/kit/messages, so that it can be translated." },
  },
  create: (context) => ({
    JSXText(node) {
      if (hasWords(node.value)) context.report({ node, messageId: "literal" });
    },
    JSXAttribute(node) {
      if (!spokenAttributes.has(String(node.name.name))) return;
      if (node.value?.type === "Literal" && hasWords(String(node.value.value))) {
        context.report({ node, messageId: "literal" });
      }
    },
  }),
};

export const houseRules = {
  rules: { "file-names": fileNames, "no-barrel": noBarrel, "no-literal-text": noLiteralText },
};
