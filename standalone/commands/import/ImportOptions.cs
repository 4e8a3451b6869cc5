using System.CommandLine;
using System.Globalization;
using Laurel.GrainInterfaces;

namespace Laurel.Standalone.Commands;

/// <summary>The command line of <c>import</c>.</summary>
internal sealed class ImportOptions
{
    private const int LargestBatch = 1000;
    private const int UsualBatch = 500;
    private const int MostLanes = 16;
    private const int UsualLanes = 4;
    private const int UsualPatience = 600;

    private readonly Argument<string> _file = new("file") { Description = "A .csv, .tsv, .ndjson or .jsonl file in UTF-8, or redis://HOST:PORT/DATABASE" };

    private readonly Option<string?> _set = new("--set") { HelpName = "KEY", Description = "The sorted set to be read of a Redis server" };

    private readonly Option<string?> _from = new("--from")
    {
        HelpName = "nakama|playfab",
        Description = "Whose export the file is: what its columns are called then is known",
    };

    private readonly Option<string?> _board = new("--board")
    {
        HelpName = "TENANT/BOARD",
        Description = "The board; not needed with a game key, which names it",
    };

    private readonly Option<string?> _key = new("--key")
    {
        HelpName = "KEY",
        Description = $"A tenant key (scores:write), an admin key or a game key; {ImportKey.Variable} in the environment serves as well",
    };

    private readonly Option<string> _url = new("--url")
    {
        HelpName = "URL",
        Description = "The server's address",
        DefaultValueFactory = _ => "http://127.0.0.1:5080",
    };

    private readonly Option<string[]> _map = new("--map")
    {
        HelpName = "FIELD=COLUMN,…",
        Description = "Which columns hold user, score, timestamp, name and metadata, where their names are not the usual ones; timestamp= leaves it out",
    };

    private readonly Option<string?> _score = new("--score") { HelpName = "NUMBER", Description = "The score of every line, to count lines" };

    private readonly Option<string[]> _where = new("--where")
    {
        HelpName = "COLUMN=VALUE",
        Description = "Only lines whose column has this value, or with != another one; may be given more than once",
    };

    private readonly Option<string?> _format = new("--format")
    {
        HelpName = "csv|ndjson",
        Description = "What the file is, where its name does not say it",
    };

    private readonly Option<string?> _separator = new("--separator")
    {
        HelpName = "CHARACTER",
        Description = "Between the fields of CSV: a character, or tab",
    };

    private readonly Option<bool> _register = new("--register") { Description = "Registers the players first (needs players:write)" };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Reads all of it and reports what is wrong, sends nothing" };
    private readonly Option<bool> _restart = new("--restart") { Description = "Begins at the first line, whatever was imported before" };

    private readonly Option<int> _batch = new("--batch")
    {
        HelpName = "1-1000",
        Description = "Scores of one request, about; with a game key at most 100",
        DefaultValueFactory = _ => UsualBatch,
    };

    private readonly Option<int> _lanes = new("--parallel")
    {
        HelpName = "1-16",
        Description = "Requests under way at a time; with a game key always 1",
        DefaultValueFactory = _ => UsualLanes,
    };

    private readonly Option<int> _patience = new("--patience")
    {
        HelpName = "SECONDS",
        Description = "How long to go on trying while the server does not answer",
        DefaultValueFactory = _ => UsualPatience,
    };

    /// <summary>Adds all of them to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_file);
        Option[] options = [_board, _key, _url, _set, _from, _map, _score, _where, _format, _separator, _register, _dryRun, _restart, _batch, _lanes, _patience];
        foreach (var option in options)
            command.Add(option);
    }

    /// <summary>Reads a command line.</summary>
    /// <param name="line">Parsed without errors.</param>
    /// <param name="mistakes">Gets everything that is wrong, for people.</param>
    /// <returns>Null when something is.</returns>
    public ImportSettings? Read(ParseResult line, List<string> mistakes)
    {
        var dryRun = line.GetValue(_dryRun);
        var key = line.GetValue(_key) ?? Environment.GetEnvironmentVariable(ImportKey.Variable);
        var isGame = false;
        if (!dryRun && ImportKey.FindMistake(key, out isGame) is { } mistake)
            mistakes.Add(mistake);
        var board = ReadBoard(line.GetValue(_board), dryRun || isGame, mistakes);
        var register = line.GetValue(_register);
        if (register && isGame)
            mistakes.Add("--register needs a tenant key with the scope players:write, not a game key.");

        var settings = new ImportSettings
        {
            Origin = RedisSet.IsAddress(line.GetValue(_file)!) ? ReadSet(line, mistakes) : ReadFile(line, mistakes),
            Url = ReadUrl(line.GetValue(_url)!, mistakes),
            Key = key ?? "",
            Board = isGame ? null : board,
            DryRun = dryRun,
            Register = register,
            Restart = line.GetValue(_restart),
            Batch = ReadNumber("--batch", line.GetValue(_batch), LargestBatch, mistakes),
            Lanes = ReadNumber("--parallel", line.GetValue(_lanes), MostLanes, mistakes),
            Patience = TimeSpan.FromSeconds(ReadNumber("--patience", line.GetValue(_patience), int.MaxValue, mistakes)),
        };
        return mistakes.Count == 0 ? settings : null;
    }

    private RedisSet ReadSet(ParseResult line, List<string> mistakes)
    {
        Option[] ofFiles = [_from, _map, _score, _where, _format, _separator];
        foreach (var option in ofFiles.Where(option => line.GetResult(option) is { Implicit: false }))
            mistakes.Add($"{option.Name} is for files, not for a Redis set.");
        if (!Uri.TryCreate(line.GetValue(_file), UriKind.Absolute, out var server) || server.Host.Length == 0)
            mistakes.Add("The address must be redis://HOST:PORT/DATABASE.");
        var key = line.GetValue(_set);
        if (string.IsNullOrEmpty(key))
            mistakes.Add("The set is missing: --set KEY.");
        return new RedisSet { Server = server ?? new Uri("redis://localhost"), Key = key ?? "" };
    }

    private static KnownExport? ReadExport(string? text, List<string> mistakes)
    {
        var export = KnownExport.All.FirstOrDefault(export => export.Name == text);
        if (text is not null && export is null)
            mistakes.Add($"--from is '{text}': it must be {string.Join(" or ", KnownExport.All.Select(static export => export.Name))}.");
        return export;
    }

    private SourceFile ReadFile(ParseResult line, List<string> mistakes)
    {
        if (line.GetValue(_set) is not null)
            mistakes.Add("--set is for a Redis server: redis://HOST:PORT/DATABASE in place of the file.");
        var format = line.GetValue(_format);
        if (format is not null && !SourceFile.Formats.Contains(format))
            mistakes.Add($"--format is '{format}': it must be {string.Join(" or ", SourceFile.Formats)}.");
        return new SourceFile
        {
            Path = line.GetValue(_file)!,
            Format = format,
            Separator = ReadSeparator(line.GetValue(_separator), mistakes),
            Mapping = new FieldMapping
            {
                Export = ReadExport(line.GetValue(_from), mistakes),
                Asked = ReadMap(line.GetValue(_map) ?? [], mistakes),
                Score = ReadScore(line.GetValue(_score), mistakes),
            },
            Filters = ReadFilters(line.GetValue(_where) ?? [], mistakes),
        };
    }

    private static LeaderboardKey? ReadBoard(string? text, bool mayMiss, List<string> mistakes)
    {
        if (text is null)
        {
            if (!mayMiss)
                mistakes.Add("A board is needed: --board TENANT/BOARD.");
            return null;
        }

        var parts = text.Split('/');
        if (parts.Length == 2 && parts.All(static part => Slug.IsValid(part)))
            return new LeaderboardKey(parts[0], parts[1]);
        mistakes.Add($"--board is '{text}': it must be TENANT/BOARD, each of letters, digits, hyphens and underscores.");
        return null;
    }

    private static Uri ReadUrl(string text, List<string> mistakes)
    {
        if (Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
            return url;
        mistakes.Add($"--url is '{text}': it must be an address such as http://127.0.0.1:5080.");
        return new Uri("http://localhost/");
    }

    private static Dictionary<string, string> ReadMap(string[] texts, List<string> mistakes)
    {
        var map = new Dictionary<string, string>();
        foreach (var part in texts.SelectMany(static text => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)))
        {
            var sides = part.Split('=', 2, StringSplitOptions.TrimEntries);
            if (sides.Length < 2)
                mistakes.Add($"--map has '{part}': it must be FIELD=COLUMN, such as user=scorer.");
            else if (!FieldMapping.Fields.Contains(sides[0]))
                mistakes.Add($"--map has '{sides[0]}': the fields are {string.Join(", ", FieldMapping.Fields)}.");
            else if (!map.TryAdd(sides[0], sides[1]))
                mistakes.Add($"--map names {sides[0]} twice.");
        }

        return map;
    }

    private static double? ReadScore(string? text, List<string> mistakes)
    {
        if (text is null)
            return null;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var score) && double.IsFinite(score))
            return score;
        mistakes.Add($"--score is '{text}': it must be a number.");
        return null;
    }

    private static List<LineFilter> ReadFilters(string[] texts, List<string> mistakes)
    {
        List<LineFilter> filters = [];
        foreach (var text in texts)
        {
            if (LineFilter.Parse(text) is { } filter)
                filters.Add(filter);
            else
                mistakes.Add($"--where is '{text}': it must be COLUMN=VALUE or COLUMN!=VALUE.");
        }

        return filters;
    }

    private static char? ReadSeparator(string? text, List<string> mistakes)
    {
        if (text is null)
            return null;
        var separator = text is "tab" or "\\t" ? '\t' : text.Length == 1 ? text[0] : '\0';
        if (separator is '\t' or (>= ' ' and <= '~' and not '"'))
            return separator;
        mistakes.Add($"--separator is '{text}': it must be one character, or tab.");
        return null;
    }

    private static int ReadNumber(string option, int number, int most, List<string> mistakes)
    {
        if (number < 1 || number > most)
            mistakes.Add($"{option} is {number}: it must be a number from 1 to {most}.");
        return number;
    }
}
