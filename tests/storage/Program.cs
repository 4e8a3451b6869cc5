using Laurel.Storage.Tests;

return args switch
{
    ["write-until-killed", .. var target] => await CrashWriter.RunAsync(target),
    ["hold", var directory] => await DirectoryHolder.RunAsync(directory),
    ["make-compat", var directory] => await CompatDatabase.MakeAsync(directory),
    _ => await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args),
};
