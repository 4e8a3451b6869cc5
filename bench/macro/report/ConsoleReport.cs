using System.Text;

namespace Laurel.Bench.Macro;

/// <summary>Writes results in columns for a terminal.</summary>
internal static class ConsoleReport
{
    /// <summary>Writes all of them.</summary>
    public static void Write(Report report, TextWriter output)
    {
        foreach (var table in report.Tables)
            Write(table, output);
        Write(GoalTable.Of(report), output);
        output.WriteLine();
        foreach (var remark in report.Remarks)
            output.WriteLine(remark);
    }

    private static void Write(Table table, TextWriter output)
    {
        output.WriteLine();
        output.WriteLine(table.Title);
        output.WriteLine();
        var widths = table.Columns.Select((name, column) => table.Rows.Select(row => row[column].Length).Append(name.Length).Max()).ToArray();
        WriteRow(table.Columns, widths, output);
        output.WriteLine($"  {string.Join("  ", widths.Select(static width => new string('-', width)))}");
        foreach (var row in table.Rows)
            WriteRow(row, widths, output);
        if (table.Note is not null)
            output.WriteLine($"  {table.Note}");
    }

    private static void WriteRow(IReadOnlyList<string> row, int[] widths, TextWriter output)
    {
        var line = new StringBuilder();
        for (var column = 0; column < widths.Length; column++)
            line.Append("  ").Append(column == 0 ? row[column].PadRight(widths[column]) : row[column].PadLeft(widths[column]));
        output.WriteLine(line.ToString().TrimEnd());
    }
}
