using System.Text;
using System.Text.RegularExpressions;

namespace Laurel.Journeys.Tests.Godot;

/// <summary>Makes docs/godot-api.md of what the addon's nodes offer and what their sources say about it, in <c>##</c> comments.</summary>
internal static partial class AddonReference
{
    private static readonly string[] Nodes = ["laurel_client.gd", "laurel_list.gd", "laurel_form.gd"];

    /// <summary>The whole page.</summary>
    /// <param name="folder">The addon's.</param>
    public static string Make(string folder)
    {
        var page = new StringBuilder("# The Godot addon's nodes\n\nMade from the sources in `sdk/godot/addons/laurel`; the [guide](godot.md) says how they go together.\n");
        foreach (var node in Nodes)
            Describe(page, File.ReadAllLines(Path.Combine(folder, node)));
        return page.ToString();
    }

    private static void Describe(StringBuilder page, string[] lines)
    {
        var name = lines.First(static line => line.StartsWith("class_name ", StringComparison.Ordinal))[11..];
        var parent = lines.First(static line => line.StartsWith("extends ", StringComparison.Ordinal))[8..];
        page.Append($"\n## {name}\n\n*{parent}.* {Text([.. lines.TakeWhile(IsComment)])}\n");
        List<string> comment = [];
        foreach (var line in lines.SkipWhile(IsComment))
        {
            if (IsComment(line))
            {
                comment.Add(line);
                continue;
            }

            if (Member().Match(line) is { Success: true } member && !member.Groups["name"].Value.StartsWith('_'))
                page.Append($"\n### {Kind(member)}`{member.Groups["signature"].Value.TrimEnd(':')}`\n{(comment.Count == 0 ? "" : $"\n{Text(comment)}\n")}");
            comment.Clear();
        }
    }

    private static bool IsComment(string line) => line.StartsWith("##", StringComparison.Ordinal);

    private static string Kind(Match member) => member.Groups["kind"].Value switch
    {
        "signal" => "signal ",
        "func" => "",
        _ => "property ",
    };

    /// <summary>The engine's mark-up as Markdown's.</summary>
    private static string Text(IReadOnlyList<string> comment)
    {
        var text = new StringBuilder();
        var isCode = false;
        foreach (var line in comment.Select(static line => line.Length > 2 ? line[3..] : ""))
        {
            if (line is "[codeblock]" or "[/codeblock]")
                isCode = line == "[codeblock]";
            var plain = line is "[codeblock]" or "[/codeblock]" ? "" : line;
            text.Append('\n').Append(isCode && plain.Length > 0 ? "    " + plain : Code().Replace(plain, "`$1$2`"));
        }

        return text.ToString().Trim('\n');
    }

    [GeneratedRegex(@"^(?:@export\S*(?:\([^)]*\))? )?(?<kind>func|signal|var) (?<signature>(?<name>\w+).*)$")]
    private static partial Regex Member();

    [GeneratedRegex(@"\[(?:code\](.*?)\[/code|(?:method|member) (\S+?))\]")]
    private static partial Regex Code();
}
