; The setup program: for the person who runs it, without rights, over an older one as well. Made by
; build.py, which gives it
;   VERSION, NUMBERS (the same in four parts), FILES (all of the frozen program), KILOBYTES, OUT, TARGET,
;   ICON, PICTURE, HEADER, TEXTS (the languages, of texts.toml), SIGNED (the key that toasts are
;   signed by)
; Start menu, start at login and quitting are the program's own commands: what they write is told there.

Unicode true
!ifndef TARGET
  !define TARGET amd64-unicode
!endif
Target ${TARGET}
ManifestDPIAware true
ManifestSupportedOS all
RequestExecutionLevel user
SetCompressor /SOLID lzma
SetCompressorDictSize 64
SetDateSave off

!include MUI2.nsh
!include LogicLib.nsh
!include StrFunc.nsh
${UnStrStr}

!define LISTED "Software\Microsoft\Windows\CurrentVersion\Uninstall\qlbreak"
!define BY_NAME "Software\Microsoft\Windows\CurrentVersion\App Paths\qlbreak.exe"
!define AT_LOGIN "Software\Microsoft\Windows\CurrentVersion\Run"
!define KEPT "$LOCALAPPDATA\qlbreak"
; Qt's bound: Windows 10 of October 2018.
!define OLDEST 17763
; What this ends with where an older one does not end; 1 and 2 are NSIS's own.
!define STILL_RUNS 4
; Half seconds that its windows and its record may take.
!define PATIENCE 40

Name "qlbreak"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\qlbreak"
InstallDirRegKey HKCU "${LISTED}" "InstallLocation"
BrandingText " "
ShowInstDetails nevershow
ShowUninstDetails nevershow

VIProductVersion "${NUMBERS}"
VIFileVersion "${NUMBERS}"
VIAddVersionKey /LANG=0 "ProductName" "qlbreak"
VIAddVersionKey /LANG=0 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=0 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=0 "FileDescription" "qlbreak Setup"
VIAddVersionKey /LANG=0 "OriginalFilename" "qlbreak-${VERSION}-setup.exe"
VIAddVersionKey /LANG=0 "LegalCopyright" " "

Var before ; the version that is there, or nothing
Var ran ; 0 where one ran, which `qlbreak quit` says
Var told

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${PICTURE}"
!define MUI_WELCOMEFINISHPAGE_BITMAP_STRETCH AspectFitHeight
!define MUI_UNWELCOMEFINISHPAGE_BITMAP "${PICTURE}"
!define MUI_UNWELCOMEFINISHPAGE_BITMAP_STRETCH AspectFitHeight
!define MUI_HEADERIMAGE
!define MUI_HEADERIMAGE_RIGHT
!define MUI_HEADERIMAGE_BITMAP "${HEADER}"
!define MUI_HEADERIMAGE_BITMAP_STRETCH AspectFitHeight

!define MUI_WELCOMEPAGE_TITLE "qlbreak ${VERSION}"
!define MUI_WELCOMEPAGE_TEXT "$told"
!define MUI_PAGE_CUSTOMFUNCTION_PRE tell
!define MUI_PAGE_CUSTOMFUNCTION_SHOW offer
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_INSTFILES
!define MUI_FINISHPAGE_NOREBOOTSUPPORT
!define MUI_FINISHPAGE_TITLE "$(there)"
!define MUI_FINISHPAGE_TEXT "$(there_text)"
!define MUI_FINISHPAGE_RUN
!define MUI_FINISHPAGE_RUN_FUNCTION begin
!define MUI_FINISHPAGE_RUN_TEXT "$(begin)"
!insertmacro MUI_PAGE_FINISH

!define MUI_UNCONFIRMPAGE_TEXT_TOP "$(remove)"
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!define MUI_PAGE_CUSTOMFUNCTION_PRE un.tell
!define MUI_FINISHPAGE_NOREBOOTSUPPORT
!define MUI_FINISHPAGE_TITLE "$(gone)"
!define MUI_FINISHPAGE_TEXT "$told"
!insertmacro MUI_UNPAGE_FINISH

!include "${TEXTS}"

Function .onInit
  ReadRegStr $0 HKLM "Software\Microsoft\Windows NT\CurrentVersion" "CurrentBuildNumber"
  ${If} $0 < ${OLDEST}
    MessageBox MB_OK|MB_ICONSTOP "$(old)" /SD IDOK
    Abort
  ${EndIf}
  ReadRegStr $before HKCU "${LISTED}" "DisplayVersion"
FunctionEnd

Function tell
  ${If} $before == ""
    StrCpy $told "$(new)"
  ${Else}
    StrCpy $told "$(over)"
  ${EndIf}
FunctionEnd

; The one page before it begins.
Function offer
  SendMessage $mui.Button.Next ${WM_SETTEXT} 0 "STR:$(^InstallBtn)"
FunctionEnd

Function begin
  Exec '"$INSTDIR\qlbreakw.exe" open --start'
FunctionEnd

; Ends what runs of it, as the person does, and waits until its files can be written: Windows holds
; those of a program that runs.
!macro ENDING UN
  Function ${UN}writable
    ; On the stack: a file. Gives 1 where it is free, or not there.
    Exch $0
    Push $1
    ${If} ${FileExists} "$0"
      ClearErrors
      FileOpen $1 "$0" a
      ${If} ${Errors}
        StrCpy $0 0
      ${Else}
        FileClose $1
        StrCpy $0 1
      ${EndIf}
    ${Else}
      StrCpy $0 1
    ${EndIf}
    Pop $1
    Exch $0
  FunctionEnd

  Function ${UN}end
    StrCpy $ran 3
    again:
    ${If} ${FileExists} "$INSTDIR\qlbreak.exe"
      nsExec::Exec /TIMEOUT=20000 '"$INSTDIR\qlbreak.exe" quit'
      Pop $0
      ${If} $0 == 0
        StrCpy $ran 0
      ${EndIf}
    ${EndIf}
    ${For} $0 1 ${PATIENCE}
      Push "$INSTDIR\qlbreak.exe"
      Call ${UN}writable
      Pop $1
      Push "$INSTDIR\qlbreakw.exe"
      Call ${UN}writable
      Pop $2
      ${If} $1 == 1
      ${AndIf} $2 == 1
        Return
      ${EndIf}
      Sleep 500
    ${Next}
    MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(runs)" /SD IDCANCEL IDRETRY again
    SetErrorLevel ${STILL_RUNS}
    Abort
  FunctionEnd
!macroend
!insertmacro ENDING ""
!insertmacro ENDING "un."

Section
  Call end
  ; An older one has files that this one has not.
  RMDir /r "$INSTDIR\_internal"
  !include "${FILES}"
  SetOutPath "$INSTDIR"
  WriteUninstaller "$INSTDIR\uninstall.exe"

  WriteRegStr HKCU "${LISTED}" "DisplayName" "qlbreak"
  WriteRegStr HKCU "${LISTED}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${LISTED}" "DisplayIcon" "$INSTDIR\qlbreakw.exe"
  WriteRegStr HKCU "${LISTED}" "Publisher" "qlbreak"
  WriteRegStr HKCU "${LISTED}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${LISTED}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${LISTED}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${LISTED}" "EstimatedSize" ${KILOBYTES}
  WriteRegDWORD HKCU "${LISTED}" "NoModify" 1
  WriteRegDWORD HKCU "${LISTED}" "NoRepair" 1
  WriteRegStr HKCU "${BY_NAME}" "" "$INSTDIR\qlbreak.exe"

  ; Who has taken it out of the Start menu does not get it back with a new version.
  ${If} $before == ""
  ${OrIf} ${FileExists} "$SMPROGRAMS\qlbreak.lnk"
    nsExec::Exec /TIMEOUT=60000 '"$INSTDIR\qlbreak.exe" launcher on'
    Pop $0
    ${If} $0 != 0
      MessageBox MB_OK|MB_ICONEXCLAMATION "$(unwritten)" /SD IDOK
    ${EndIf}
  ${EndIf}

  ; The reminders go on with a new version that nobody watches being installed.
  ${If} ${Silent}
  ${AndIf} $ran == 0
    Exec '"$INSTDIR\qlbreakw.exe"'
  ${EndIf}
SectionEnd

Section Uninstall
  Call un.end
  ; One that was installed otherwise starts at login as before.
  ReadRegStr $0 HKCU "${AT_LOGIN}" "qlbreak"
  ${UnStrStr} $1 "$0" "$INSTDIR\"
  ${If} $1 != ""
    nsExec::Exec /TIMEOUT=60000 '"$INSTDIR\qlbreak.exe" autostart off'
    Pop $0
  ${EndIf}
  nsExec::Exec /TIMEOUT=60000 '"$INSTDIR\qlbreak.exe" launcher off'
  Pop $0

  ; Only what was put there: the folder may be one that the person has chosen.
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\qlbreak.exe"
  Delete "$INSTDIR\qlbreakw.exe"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  DeleteRegKey HKCU "${LISTED}"
  DeleteRegKey HKCU "${BY_NAME}"
  DeleteRegKey HKCU "${SIGNED}"
  DeleteRegKey /ifempty HKCU "Software\qlbreak\Start menu"
  DeleteRegKey /ifempty HKCU "Software\qlbreak"
  ; Pictures that are drawn anew, and what it said of itself while it ran.
  RMDir /r "${KEPT}\Cache"
  RMDir /r "${KEPT}\Logs"
  RMDir "${KEPT}"
SectionEnd

Function un.tell
  ${If} ${FileExists} "${KEPT}\*.*"
    StrCpy $told "$(gone_text)"
  ${Else}
    StrCpy $told "$(gone_bare_text)"
  ${EndIf}
FunctionEnd
