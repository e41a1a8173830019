import { existsSync, readdirSync } from "node:fs";

/**
 * The zones come from the directory listing, so a new feature is fenced in on the day its folder appears.
 */
function foldersIn(path) {
  if (!existsSync(path)) return [];
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
}

export function importZones(root, apps) {
  const packageZones = apps.map((app) => ({
    target: `${root}/packages`,
    from: `${root}/${app}`,
    message: "Packages know nothing of the apps.",
  }));
  const kitZone = [
    {
      target: `${root}/packages/kit`,
      from: [`${root}/packages/ui`, `${root}/packages/client`],
      message: "The kit is plain values; nothing is below it.",
    },
    { target: `${root}/packages/ui`, from: `${root}/packages/client`, message: "The ui package does not fetch." },
  ];
  return [...packageZones, ...kitZone, ...apps.flatMap((app) => appZones(`${root}/${app}/src`))];
}

function appZones(source) {
  const features = foldersIn(`${source}/features`).map((feature) => ({
    target: `${source}/features/${feature}`,
    from: `${source}/features`,
    except: [`./${feature}`],
    message: "A feature never imports another; compose them in app/routes.",
  }));
  return [
    ...features,
    { target: `${source}/features`, from: `${source}/app`, message: "Features do not know the app around them." },
    {
      target: [`${source}/lib`, `${source}/config`],
      from: [`${source}/features`, `${source}/app`],
      message: "lib and config know nothing above them.",
    },
  ];
}
