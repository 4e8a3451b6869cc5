using System.Text;

namespace Laurel.Bench.Macro;

/// <summary>Writes results as Markdown. A file that holds the two marks keeps what stands around them.</summary>
internal static class MarkdownReport
{
    private const string Begin = "<!-- bench:begin -->";
    private const string End = "<!-- bench:end -->";

    /// <summary>Writes all of them, goals first.</summary>
    public static void Write(Report report, string path)
    {
        var text = $"{Begin}\n\n{Render(report)}\n{End}";
        var former = File.Exists(path) ? File.ReadAllText(path) : "";
        var begin = former.IndexOf(Begin, StringComparison.Ordinal);
        var end = former.IndexOf(End, StringComparison.Ordinal);
        File.WriteAllText(path, begin >= 0 && end > begin ? former[..begin] + text + former[(end + End.Length)..] : text + "\n");
    }

    private static string Render(Report report)
    {
        var text = new StringBuilder();
        foreach (var remark in report.Remarks)
            text.Append(remark).Append("\n\n");
        Append(text, GoalTable.Of(report));
        foreach (var table in report.Tables)
            Append(text, table);
        return text.ToString().TrimEnd() + "\n";
    }

    private static void Append(StringBuilder text, Table table)
    {
        text.Append("### ").Append(table.Title).Append("\n\n");
        AppendRow(text, table.Columns);
        AppendRow(text, [.. table.Columns.Select(static (_, column) => column == 0 ? "---" : "---:")]);
        foreach (var row in table.Rows)
            AppendRow(text, row);
        text.Append('\n');
        if (table.Note is not null)
            text.Append(table.Note).Append("\n\n");
    }

    private static void AppendRow(StringBuilder text, IReadOnlyList<string> row) => text.Append("| ").AppendJoin(" | ", row).Append(" |\n");
}
